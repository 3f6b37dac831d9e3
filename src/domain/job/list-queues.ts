import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';

/** A queue as one organization sees it: its own jobs, and whether they are taken up. */
export interface QueueState {
  name: string;
  waiting: number;
  running: number;
  /** FAILED in the last 24 hours. */
  failedLastDay: number;
  /** Since when the job that waits longest could have been taken up. */
  oldestDueAt: Date | null;
  pausedAt: Date | null;
  pauseReason: string | null;
  /** Paused for all organizations. */
  isPausedByOperator: boolean;
}

/** The queues of these names, in this order. */
export async function listQueues(
  em: EntityManager,
  names: readonly string[],
): Promise<QueueState[]> {
  const rows = await em.execute<
    (Omit<QueueState, 'oldestDueAt' | 'pausedAt'> & {
      oldestDueAt: string | null;
      pausedAt: string | null;
    })[]
  >(
    `select name, waiting.jobs as waiting, running.jobs as running, failed.jobs as "failedLastDay",
       waiting.oldest as "oldestDueAt", pause.paused_at as "pausedAt", pause.reason as "pauseReason",
       pause.id is not null and pause.organization_id is null as "isPausedByOperator"
     from unnest(?::text[]) with ordinality queue (name, place)
     cross join lateral (
       select count(*)::int as jobs, min(run_at) filter (where run_at <= now()) as oldest
       from job_runs where queue = queue.name and status = 'QUEUED'
     ) waiting
     cross join lateral (
       select count(*)::int as jobs from job_runs where queue = queue.name and status = 'RUNNING'
     ) running
     cross join lateral (
       select count(*)::int as jobs from job_runs
       where queue = queue.name and status = 'FAILED' and finished_at > now() - interval '1 day'
         and created_at > now() - interval '30 days'
     ) failed
     left join lateral (
       select * from queue_pauses where queue in (name, '*') order by organization_id nulls first limit 1
     ) pause on true
     order by place`,
    [arrayLiteral([...names])],
  );
  return rows.map((row) => ({
    ...row,
    oldestDueAt: row.oldestDueAt === null ? null : new Date(row.oldestDueAt),
    pausedAt: row.pausedAt === null ? null : new Date(row.pausedAt),
  }));
}
