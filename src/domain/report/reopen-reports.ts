import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Have a run that is tried again go on with the reports that it still waits for, and ask anew for those whose
 * days failed though they were fetched, or whose file is not kept any more. Before its slices are reopened.
 */
export async function reopenReports(em: EntityManager, runId: string): Promise<void> {
  await em.execute(
    `update report_requests set failures = 0, refusals = 0, polls = 0, next_at = now(),
       deadline_at = now() + interval '1 day'
     where run_id = ? and state in ('PLANNED', 'CREATING', 'PENDING')`,
    [runId],
  );
  await em.execute(
    `update report_requests q set state = 'FAILED', object_id = null, error = 'It could not be loaded.'
     where q.run_id = ? and q.state = 'FETCHED' and (
       exists (
         select from run_slices s where s.run_id = q.run_id and s.status = 'FAILED'
           and s.date between q.from_date and q.to_date
       ) or exists (select from source_objects o where o.id = q.object_id and o.expired_at is not null)
     )`,
    [runId],
  );
}
