import type { EntityManager } from '@mikro-orm/postgresql';
import { listLateFeeds } from '../feed/list-late-feeds.ts';
import type { DigestFacts } from '../mail/letter.ts';

/** Of late feeds so many are named. */
const mostNamed = 20;

/**
 * What happened in the last 24 hours, and what is wrong now.
 *
 * @returns null where there is nothing to tell.
 */
export async function readDigest(em: EntityManager): Promise<DigestFacts | null> {
  const [counts] = await em.execute<Omit<DigestFacts, 'lateFeeds' | 'lateCount'>[]>(
    `with ended as (
       select r.id, j.status, r.outcome from job_runs j join ingestion_runs r on r.job_run_id = j.id
       where j.finished_at > now() - interval '1 day' and j.status in ('SUCCEEDED', 'FAILED')
     ), rows as (
       select sum(s.rows_read) as read, sum(s.rows_rejected) as rejected
       from ended join run_slices s on s.run_id = ended.id
     ), open as (
       select kind from alerts where resolved_at is null
     )
     select (select count(*) from ended)::float8 as runs,
       (select count(*) from ended where status = 'FAILED')::float8 as "failedRuns",
       coalesce(rows.read, 0)::float8 as rows, coalesce(rows.rejected, 0)::float8 as "rejectedRows",
       (select count(*) from open where kind = 'MISSING_FILE')::float8 as "missingDays",
       (select count(*) from open where kind = 'HELD_RUN')::float8 as "heldDays",
       (select count(*) from open)::float8 as "openAlerts"
     from rows`,
  );
  const late = await listLateFeeds(em, 1);
  if (!counts || (counts.runs === 0 && counts.openAlerts === 0 && late.length === 0)) return null;
  const named = late.slice(0, mostNamed);
  const lateFeeds = named.map(({ client, name: feed, latest }) => ({ client, feed, latest }));
  return { ...counts, lateFeeds, lateCount: late.length };
}
