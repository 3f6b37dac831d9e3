import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';

/** End days of a run that it has not finished, FAILED, and say so on those that have no data to show. */
export async function failSlices(
  em: EntityManager,
  runId: string,
  { from, to }: DateRange,
  reason: string,
): Promise<void> {
  await em.execute(
    `with failed as (
       update run_slices set status = 'FAILED', reason = ?, finished_at = now()
       where run_id = ? and status = 'PENDING' and date between ? and ?
       returning id, organization_id, client_id, feed_id, date, reason
     )
     insert into slices (feed_id, date, organization_id, client_id, status, reason, run_slice_id)
     select feed_id, date, organization_id, client_id, 'FAILED', reason, id from failed
     on conflict (feed_id, date) do update
       set status = 'FAILED', reason = excluded.reason, run_slice_id = excluded.run_slice_id, updated_at = now()
       where slices.version = 0`,
    [reason, runId, from, to],
  );
}
