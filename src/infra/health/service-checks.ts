import { type Finding, type HealthCheck, judge } from '../../domain/health/component.ts';
import { judgeWorkers, type LiveWorker } from '../../domain/health/judge-workers.ts';
import type { ProbeDatabase } from '../probe-database.ts';

export interface ServiceCheckOptions {
  probe: Pick<ProbeDatabase, 'ping' | 'call'>;
  queue: { ping(): Promise<unknown>; measureMemory(): Promise<number | null> };
  store: { ping(signal: AbortSignal): Promise<void> };
  /** All that workers must serve. */
  queueNames: readonly string[];
  /** A worker that is silent for longer does not count. */
  silentAfterMs: number;
}

/** What the installation stands on: its services, and its workers. */
export function serviceChecks(options: ServiceCheckOptions): HealthCheck[] {
  const { probe, queue, store, queueNames, silentAfterMs } = options;
  return [
    {
      name: 'DATABASE',
      unanswered: 'FAILING',
      measure: () => measureLatency(() => probe.ping(), 1_000),
    },
    {
      name: 'QUEUE',
      unanswered: 'FAILING',
      measure: () => measureLatency(() => queue.ping(), 100),
    },
    {
      name: 'QUEUE_MEMORY',
      unanswered: 'UNKNOWN',
      async measure() {
        const share = await queue.measureMemory();
        return share === null ? [] : judge(share, 'SHARE', { limit: 0.9 });
      },
    },
    {
      name: 'STORAGE',
      unanswered: 'FAILING',
      measure: (signal) => measureLatency(() => store.ping(signal), null),
    },
    {
      name: 'WORKERS',
      unanswered: 'UNKNOWN',
      async measure() {
        const silentAfter = `${silentAfterMs} milliseconds`;
        const workers = await probe.call<LiveWorker>('observe_workers', silentAfter);
        return judgeWorkers(workers, queueNames);
      },
    },
  ];
}

async function measureLatency(ask: () => Promise<unknown>, limit: number | null): Promise<Finding> {
  const askedAt = performance.now();
  await ask();
  return judge(Math.ceil(performance.now() - askedAt), 'MILLISECONDS', { limit });
}
