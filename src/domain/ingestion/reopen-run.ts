import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import { reopenReports } from '../report/reopen-reports.ts';
import { chosenTriggers } from './ingestion-run.entity.ts';
import { refuseExpired } from './refuse-expired.ts';

/**
 * Leave a run undecided again: the days that failed are loaded anew, from what their source has by then; where its
 * objects were chosen before, from those. Days that were settled stay so.
 *
 * @throws {DomainError} CONFLICT when an object that was chosen is not kept any more.
 */
export async function reopenRun(em: EntityManager, runId: string): Promise<void> {
  const chosen = await em.execute<{ date: LocalDate; objectIds: string[] }[]>(
    `select s.date, s.object_ids as "objectIds" from run_slices s join ingestion_runs r on r.id = s.run_id
     where s.run_id = ? and s.status in ('FAILED', 'PENDING') and r.trigger = any (?::text[])`,
    [runId, `{${chosenTriggers}}`],
  );
  await refuseExpired(em, null, chosen);
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
