import type { JobDatabase } from './database.ts';
import type { Log } from './log.ts';

/** A worker as others may see it. */
export interface WorkerIdentity {
  /** Unique among all that ever ran. */
  name: string;
  host: string;
  pid: number;
  version: string;
  queues: string[];
  concurrency: number;
}

/** Show that a worker is alive, until stopped. */
export function startBeating(
  worker: WorkerIdentity,
  { database, log, heartbeatMs }: { database: JobDatabase; log: Log; heartbeatMs: number },
) {
  const { name, host, pid, version, queues, concurrency } = worker;
  const beat = () =>
    database
      .call('beat_worker', name, host, pid, version, `{${queues.join(',')}}`, concurrency)
      .catch((error) => log.warn({ err: error }, 'heartbeat not written'));
  void beat();
  const timer = setInterval(beat, heartbeatMs);
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await database
        .call('stop_worker', name)
        .catch((error) => log.warn({ err: error }, 'end of the worker not written'));
    },
  };
}
