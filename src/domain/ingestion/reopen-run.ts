import type { EntityManager } from '@mikro-orm/postgresql';
import { reopenReports } from '../report/reopen-reports.ts';

/**
 * Leave a run undecided again: the days that failed are loaded anew, from what their source has by then; of an
 * approval, from the files that were approved. Days that were settled stay so.
 */
export async function reopenRun(em: EntityManager, runId: string): Promise<void> {
  await reopenReports(em, runId);
  await em.execute(
    `update run_slices s
     set status = 'PENDING', reason = null, finished_at = null,
       object_ids = case when r.trigger = 'APPROVAL' then s.object_ids else '{}' end
     from ingestion_runs r
     where r.id = s.run_id and s.run_id = ? and s.status = 'FAILED'`,
    [runId],
  );
  await em.execute('update ingestion_runs set outcome = null where id = ?', [runId]);
}
