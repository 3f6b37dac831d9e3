import { hostname } from 'node:os';
import type { JobDefinition } from './define-job.ts';
import type { JobRunRow } from './enqueue.ts';
import type { QueueWorker } from './queue-backend.ts';
import { type AttemptOptions, endRun, type RunningAttempt, startAttempt } from './run-attempt.ts';
import { startSweeper } from './sweep.ts';

export interface WorkerOptions extends AttemptOptions {
  jobs: ReadonlyMap<string, JobDefinition>;
  /** Names of the queues to work on. */
  queues: string[];
  /** Jobs at once, per queue. */
  concurrency: number;
  sweepMs: number;
  shutdownMs: number;
  /** Run a job's work with what it logs marked as its own. */
  withLogContext<T>(context: { jobRunId: string; organizationId: string }, fn: () => T): T;
}

export interface Workers {
  /** Finish what is running, or hand it back when that takes too long; then stop. */
  close(): Promise<void>;
}

/** Work on queues until closed. Any number of processes may do so, on any machines. */
export function runWorkers(options: WorkerOptions): Workers {
  const { database, jobs, log } = options;
  const name = `${hostname()}-${process.pid}`;
  const running = new Map<string, RunningAttempt>();

  const takeUp = async (jobRunId: string) => {
    const lease = `${options.leaseMs} milliseconds`;
    // A job that only a newer version knows is left to a worker of that version.
    const known = `{${[...jobs.keys()].join(',')}}`;
    const [row] = await database.call<JobRunRow & { fence: number }>(
      'claim_job_run',
      jobRunId,
      name,
      lease,
      known,
    );
    const job = row && jobs.get(row.name);
    if (!row || !job) return log.debug({ jobRunId }, 'delivery is stale, or not for this version');
    await options.announcer.announce({ jobRunId, sequence: Number(row.sequence) });
    if (row.status !== 'RUNNING') {
      log.info({ jobRunId, status: row.status }, 'job ended');
      const tenant = { organizationId: row.organization_id, clientIds: null };
      return database.withTenant(tenant, (em) => endRun(em, jobRunId, job));
    }
    await options.withLogContext({ jobRunId, organizationId: row.organization_id }, async () => {
      const attempt = startAttempt(row, job, options);
      running.set(jobRunId, attempt);
      await attempt.done.finally(() => running.delete(jobRunId));
    });
  };

  // A notice about a run of ours may be somebody's wish to cancel it.
  const stopListening = options.announcer.listen(({ jobRunId }) => {
    void running.get(jobRunId)?.checkLease();
  });
  const workers: QueueWorker[] = options.queues.map((queue) =>
    options.queue.work(queue, options.concurrency, takeUp),
  );
  const sweeper = startSweeper(options);

  return {
    async close() {
      sweeper.stop();
      const handBack = setTimeout(() => {
        for (const attempt of running.values()) attempt.handBack();
      }, options.shutdownMs);
      await Promise.all(workers.map((worker) => worker.close()));
      clearTimeout(handBack);
      await sweeper.idle();
      stopListening();
    },
  };
}
