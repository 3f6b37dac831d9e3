import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { backfillStatuses } from './backfill.entity.ts';

/** How far a backfill is, and how long it will take. */
export interface BackfillProgress {
  status: (typeof backfillStatuses)[number];
  runs: number;
  runsEnded: number;
  /** Runs that failed, or loaded only some of their days. */
  runsFailed: number;
  days: number;
  /** Those that its runs are done with, whatever became of them. */
  daysDone: number;
  /** Days a minute, as measured; null where nothing is. */
  daysPerMinute: number | null;
  /** Until it ends, while it goes on; null where nothing is measured. */
  secondsLeft: number | null;
}

interface Row extends Omit<BackfillProgress, 'status' | 'daysPerMinute' | 'secondsLeft'> {
  id: string;
  isPaused: boolean;
  isCancelled: boolean;
  /** Seconds that a day took on average, in the runs that were measured. */
  secondsPerDay: number | null;
  /** Seconds that the reports to come take at least, by the budget of their credential. */
  budgetSeconds: number | null;
}

/** Runs of the feed by which a backfill is measured that has none yet. */
const mostMeasured = 20;

/**
 * How far backfills are.
 *
 * The time left is the days left at the speed of the backfill's own runs, else of the feed's last ones; but where
 * reports must be asked for, no less than the budget of their credential lets them take. Source: docs/rules.md.
 * @returns by id.
 */
export async function measureBackfills(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, BackfillProgress>> {
  const rows = await em.execute<Row[]>(
    `select b.id, b.paused_at is not null as "isPaused", b.cancelled_at is not null as "isCancelled",
       p.*, coalesce(p.own, last.seconds)::float8 as "secondsPerDay",
       (greatest(0, p.runs - p."runsEnded" - credential.left_now) * 3600.0 / credential.creations_per_hour)::float8
         as "budgetSeconds"
     from backfills b
     cross join lateral (
       select count(*)::int as runs, count(*) filter (where has_ended)::int as "runsEnded",
         count(*) filter (where has_ended and coalesce(outcome, '') in ('FAILED', 'PARTIAL'))::int as "runsFailed",
         coalesce(sum(days), 0)::int as days,
         coalesce(sum(case when has_ended then days else (
           select count(*) from run_slices s where s.run_id = r.id and s.finished_at is not null
         ) end), 0)::int as "daysDone",
         sum(seconds) / nullif(sum(days) filter (where seconds is not null), 0) as own
       from (${measuredRuns}) r where r.backfill_id = b.id
     ) p
     left join lateral (
       select sum(seconds) / sum(days) as seconds from (
         select seconds, days from (${measuredRuns}) r
         where r.feed_id = b.feed_id and seconds is not null order by created_at desc limit ${mostMeasured}
       ) measured
     ) last on true
     left join lateral (
       select c.creations_per_hour,
         case when c.budget_reset_at > now() then c.budget_left else c.creations_per_hour end as left_now
       from feeds f join platform_credentials c on c.id = f.credential_id where f.id = b.feed_id
     ) credential on true
     where b.id = any (?::uuid[])`,
    [arrayLiteral(ids)],
  );
  return new Map(rows.map((row) => [row.id, progressOf(row)]));
}

const measuredRuns = `
  select i.id, i.backfill_id, i.feed_id, i.created_at, i.outcome, i.to_date - i.from_date + 1 as days,
    j.status not in ('QUEUED', 'RUNNING') as has_ended,
    case when j.status = 'SUCCEEDED' then extract(epoch from j.finished_at - j.started_at) end as seconds
  from ingestion_runs i join job_runs j on j.id = i.job_run_id`;

function progressOf({ secondsPerDay, budgetSeconds, ...row }: Row): BackfillProgress {
  const { runs, runsEnded, runsFailed, days, daysDone } = row;
  const status = statusOf(row);
  const own = secondsPerDay === null ? null : (days - daysDone) * secondsPerDay;
  const longest = own === null ? null : Math.max(own, budgetSeconds ?? 0);
  return {
    ...{ status, runs, runsEnded, runsFailed, days, daysDone },
    daysPerMinute: secondsPerDay ? 60 / secondsPerDay : null,
    secondsLeft: status === 'RUNNING' && longest !== null ? Math.ceil(longest) : null,
  };
}

function statusOf({
  isPaused,
  isCancelled,
  runs,
  runsEnded,
}: Omit<Row, 'secondsPerDay' | 'budgetSeconds'>): BackfillProgress['status'] {
  if (isCancelled) return 'CANCELLED';
  if (runs === runsEnded) return 'FINISHED';
  return isPaused ? 'PAUSED' : 'RUNNING';
}
