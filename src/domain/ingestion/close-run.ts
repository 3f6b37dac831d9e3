import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Put in order what an ended run leaves behind: its scratch is emptied and, where it failed, the days that it
 * did not finish are FAILED for that reason. Days that a cancelled run did not reach stay PENDING with it.
 *
 * @param failure why the run failed; null where it did not.
 */
export async function closeRun(
  em: EntityManager,
  runId: string,
  failure: string | null,
): Promise<void> {
  await em.execute(
    'delete from staging.media_rows where run_slice_id in (select id from run_slices where run_id = ?)',
    [runId],
  );
  if (failure === null) return;
  await em.execute(
    `with failed as (
       update run_slices set status = 'FAILED', reason = ?, finished_at = now()
       where run_id = ? and status = 'PENDING'
       returning id, organization_id, client_id, feed_id, date, reason
     )
     insert into slices (feed_id, date, organization_id, client_id, status, reason, run_slice_id)
     select feed_id, date, organization_id, client_id, 'FAILED', reason, id from failed
     on conflict (feed_id, date) do update
       set status = 'FAILED', reason = excluded.reason, run_slice_id = excluded.run_slice_id, updated_at = now()
       where slices.version = 0`,
    [failure, runId],
  );
  await em.execute(`update ingestion_runs set outcome = coalesce(outcome, 'FAILED') where id = ?`, [
    runId,
  ]);
}
