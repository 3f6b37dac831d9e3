import type { EntityManager } from '@mikro-orm/postgresql';
import { reopenReports } from '../report/reopen-reports.ts';
import { chosenTriggers } from './ingestion-run.entity.ts';

/**
 * Leave a run undecided again: the days that failed are loaded anew, from what their source has by then; where its
 * objects were chosen before, from those. Days that were settled stay so.
 */
export async function reopenRun(em: EntityManager, runId: string): Promise<void> {
  await reopenReports(em, runId);
  await em.execute(
    `update run_slices s
     set status = 'PENDING', reason = null, finished_at = null,
       object_ids = case when r.trigger = any (?::text[]) then s.object_ids else '{}' end
     from ingestion_runs r
     where r.id = s.run_id and s.run_id = ? and s.status = 'FAILED'`,
    [`{${chosenTriggers}}`, runId],
  );
  await em.execute('update ingestion_runs set outcome = null where id = ?', [runId]);
}
