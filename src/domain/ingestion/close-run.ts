import type { EntityManager } from '@mikro-orm/postgresql';
import { failSlices } from './fail-slices.ts';
import { IngestionRun } from './ingestion-run.entity.ts';

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
  const { fromDate, toDate } = await em.findOneOrFail(IngestionRun, runId);
  await failSlices(em, runId, { from: fromDate, to: toDate }, failure);
  await em.execute(`update ingestion_runs set outcome = coalesce(outcome, 'FAILED') where id = ?`, [
    runId,
  ]);
}
