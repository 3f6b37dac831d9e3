import { arrayLiteral } from '../domain/array-literal.ts';
import { Schedule } from '../domain/job/schedule.entity.ts';
import { nextTurn } from '../domain/job/schedule-daily.ts';
import type { JobDatabase } from './database.ts';
import type { JobDefinition } from './define-job.ts';
import { type JobRunRow, lastDeliveryId, openOutbox, sendJobRuns } from './enqueue.ts';
import type { JobObserver } from './job-observer.ts';
import type { Log } from './log.ts';
import type { QueueBackend } from './queue-backend.ts';
import type { Tracing } from './tracing.ts';

export interface SweepOptions {
  database: JobDatabase;
  queue: QueueBackend;
  jobs: ReadonlyMap<string, JobDefinition>;
  tracing: Tracing;
  log: Log;
  observer: Pick<JobObserver, 'swept'>;
  sweepMs: number;
  leaseMs: number;
}

const mostAtOnce = 500;

/**
 * Sweep now and then, in every worker: what the queue lost, what was never sent and what is due is found
 * in PostgreSQL. Sweeping at once in two workers is harmless: a delivery too many is stale when it is claimed.
 */
export function startSweeper(options: SweepOptions) {
  let current: Promise<void> = Promise.resolve();
  let isSweeping = false;
  const timer = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    current = sweep(options)
      .then(() => options.observer.swept('succeeded'))
      .catch((error) => {
        options.observer.swept('failed');
        options.log.error({ err: error }, 'sweep failed');
      })
      .finally(() => {
        isSweeping = false;
      });
  }, options.sweepMs);
  return { stop: () => clearInterval(timer), idle: () => current };
}

/** Make the runs that schedules are due for, and send what is stranded. */
export function sweep(options: SweepOptions): Promise<void> {
  return options.tracing.step({ name: 'sweep', kind: 'INTERNAL', parent: null }, async () => {
    await markLostWorkers(options);
    await startDueSchedules(options);
    await sendStranded(options);
  });
}

async function markLostWorkers({ database, leaseMs, log }: SweepOptions): Promise<void> {
  const lost = await database.call<{ name: string; last_beat_at: Date }>(
    'mark_lost_workers',
    `${leaseMs} milliseconds`,
  );
  for (const { name, last_beat_at: lastBeatAt } of lost) {
    log.warn({ worker: name, lastBeatAt }, 'worker lost; others take its jobs over');
  }
}

async function startDueSchedules(options: SweepOptions): Promise<void> {
  const due = await options.database.call<{ id: string; organization_id: string }>(
    'due_schedules',
    mostAtOnce,
  );
  for (const schedule of due) {
    try {
      const attributes = { 'mediagraph.schedule.id': schedule.id };
      const step = { name: 'start schedule', kind: 'INTERNAL', attributes, parent: null } as const;
      await options.tracing.step(step, () => startSchedule(schedule, options));
    } catch (error) {
      // One that cannot be read must not stand in the way of all others.
      options.log.error({ err: error, schedule: schedule.id }, 'schedule not started');
    }
  }
}

async function startSchedule(
  { id, organization_id: organizationId }: { id: string; organization_id: string },
  options: SweepOptions,
): Promise<void> {
  const tenant = { organizationId, clientIds: null };
  const ids = await options.database.withTenant(tenant, async (em) => {
    // Whoever comes second finds the row taken, or no longer due.
    const [mine] = await em.execute<{ now: string }[]>(
      'select now()::text from schedules where id = ? and next_run_at <= now() for update skip locked',
      [id],
    );
    if (!mine) return [];
    // By the database's clock: two workers' clocks may differ by more than a turn.
    const now = new Date(mine.now);
    const schedule = await em.findOneOrFail(Schedule, id);
    const job = options.jobs.get(schedule.jobName);
    const outbox = openOutbox(em, options.tracing.position());
    if (job) await outbox.add(job, schedule.payload, schedule);
    else options.log.error({ schedule: id, job: schedule.jobName }, 'schedule of an unknown job');
    // However many turns were missed, one run makes up for them.
    schedule.lastRunAt = now;
    schedule.nextRunAt = nextTurn(schedule, now);
    return outbox.jobRunIds;
  });
  await sendJobRuns(options, ids);
}

async function sendStranded(options: SweepOptions): Promise<void> {
  const patience = `${options.leaseMs} milliseconds`;
  const stranded = await options.database.call<JobRunRow>(
    'stranded_job_runs',
    patience,
    mostAtOnce,
  );
  const lost: string[] = [];
  const waiting: string[] = [];
  for (const run of stranded) {
    // A long queue is no reason to make it longer; a dead worker's delivery is no reason to wait.
    const isWaiting =
      run.status === 'QUEUED' &&
      run.delivery > 0 &&
      (await options.queue.holds(run.queue, lastDeliveryId(run)));
    (isWaiting ? waiting : lost).push(run.id);
  }
  // Or a long queue would hide what was lost behind it.
  if (waiting.length > 0) {
    await options.database.call('mark_job_runs_waiting', arrayLiteral(waiting));
  }
  if (lost.length > 0) options.log.info({ jobRunIds: lost }, 'stranded jobs sent again');
  await sendJobRuns(options, lost);
}
