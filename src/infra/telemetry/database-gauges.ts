import { Counter, Gauge, type Registry } from 'prom-client';
import { behindAfterHours, stuckAfterHours } from '../../domain/health/limits.ts';
import type { Log } from '../../jobs/log.ts';
import { atMostEvery } from '../at-most-every.ts';
import type { ProbeDatabase } from '../probe-database.ts';

/** What is shown as 0 rather than left out when there is none of it. */
export interface KnownWork {
  queues: readonly string[];
  jobs: readonly string[];
}

/** Figures of the whole installation at one moment. */
interface Snapshot {
  queues: QueueRow[];
  failures: { job: string; failures: string }[];
  feeds: { source: string; behind: string; most_lag_seconds: number }[];
  audits: { running: string; progress: number | null }[];
}

interface QueueRow {
  queue: string;
  waiting: string | 0;
  delayed: string | 0;
  running: string | 0;
  stuck: string | 0;
  oldest_waiting_seconds: number;
}

const freshMs = 5_000;

/**
 * Gauges of the whole installation, which every process exports alike: take their maximum over processes, never
 * their sum. However often they are scraped, they are read at most every 5 s.
 *
 * When the database does not answer they are left out: an old figure would say that all is well.
 */
export function createDatabaseGauges(
  registry: Registry,
  probe: Pick<ProbeDatabase, 'call'>,
  known: KnownWork,
  log: Log,
): void {
  const registers = [registry];
  const failures = new Counter({
    name: 'mediagraph_database_gauge_failures_total',
    help: 'Times that the gauges of the whole installation could not be read',
    registers,
  });
  const snapshot = atMostEvery(freshMs, () =>
    readSnapshot(probe).catch((error) => {
      failures.inc();
      log.warn({ err: error }, 'gauges not read');
      return undefined;
    }),
  );

  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    fill: (gauge: Gauge, snapshot: Snapshot) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const now = await snapshot();
        this.reset();
        if (now) fill(this, now);
      },
    });
  const perQueue =
    (fill: (gauge: Gauge, row: QueueRow) => void) => (each: Gauge, now: Snapshot) => {
      for (const queue of known.queues) fill(each, { queue, ...nothing });
      for (const row of now.queues) fill(each, row);
    };

  gauge(
    'mediagraph_queue_jobs',
    'Job runs that have not ended, by queue and status (waiting, delayed, running)',
    ['queue', 'status'],
    perQueue((each, { queue, waiting, delayed, running }) => {
      for (const [status, count] of Object.entries({ waiting, delayed, running })) {
        each.set({ queue, status }, Number(count));
      }
    }),
  );
  gauge(
    'mediagraph_queue_oldest_waiting_age_seconds',
    'How long the job run that is due for longest has waited to be taken up, by queue',
    ['queue'],
    perQueue((each, row) => each.set({ queue: row.queue }, row.oldest_waiting_seconds)),
  );
  gauge(
    'mediagraph_stuck_job_runs',
    'Job runs whose attempt has been running for more than 2 h, by queue',
    ['queue'],
    perQueue((each, row) => each.set({ queue: row.queue }, Number(row.stuck))),
  );
  gauge(
    'mediagraph_dead_letters',
    'Job runs that failed for good in the last 24 h, by job',
    ['job_name'],
    (each, now) => {
      for (const job of known.jobs) each.set({ job_name: job }, 0);
      for (const row of now.failures) each.set({ job_name: row.job }, Number(row.failures));
    },
  );
  gauge(
    'mediagraph_feed_max_lag_seconds',
    'Age of the oldest first day that a feed of an active client has not loaded, by source',
    ['source'],
    (each, now) => {
      for (const { source, most_lag_seconds } of now.feeds) each.set({ source }, most_lag_seconds);
    },
  );
  gauge(
    'mediagraph_feeds_behind',
    'Feeds of active clients whose first day not loaded ended more than 26 h ago, by source',
    ['source'],
    (each, now) => {
      for (const { source, behind } of now.feeds) each.set({ source }, Number(behind));
    },
  );
  gauge(
    'audit_inflight_tasks',
    'Audits that wait or are under way; paused ones are not among them',
    [],
    (each, now) => {
      for (const { running } of now.audits) each.set(Number(running));
    },
  );
  gauge(
    'audit_progress_ratio',
    'How far those audits are on average, 0 to 1; 0 where there is none',
    [],
    (each, now) => {
      for (const { progress } of now.audits) each.set(progress ?? 0);
    },
  );
}

const nothing = {
  waiting: 0,
  delayed: 0,
  running: 0,
  stuck: 0,
  oldest_waiting_seconds: 0,
} as const;

/** One after the other: a slow one leaves a connection to the probes. */
async function readSnapshot({ call }: Pick<ProbeDatabase, 'call'>): Promise<Snapshot> {
  return {
    queues: await call('observe_queues', `${stuckAfterHours} hours`),
    failures: await call('observe_failures', '24 hours'),
    feeds: await call('observe_feeds', `${behindAfterHours} hours`),
    audits: await call('observe_audits'),
  };
}
