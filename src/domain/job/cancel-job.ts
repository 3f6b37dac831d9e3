import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { found } from '../errors.ts';
import { JobRun, type JobStatus } from './job-run.entity.ts';

/**
 * Ask that a job end: at once where it waits, at its next step where it runs. What has ended stays as it is.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function cancelJob(em: EntityManager, actor: Actor, id: string): Promise<JobRun> {
  const [asked] = await em.execute<{ status: JobStatus }[]>(
    `update job_runs set cancel_requested_at = now(), sequence = sequence + 1,
       finished_at = case when status = 'QUEUED' then now() end,
       status = case when status = 'QUEUED' then 'CANCELLED' else status end
     where id = ? and status in ('QUEUED', 'RUNNING') and cancel_requested_at is null
     returning status`,
    [id],
  );
  const run = found(await em.findOne(JobRun, id), 'job');
  if (asked) {
    const { name, status } = run;
    const entity = { entityType: 'JobRun', entityId: id };
    recordChange(em, actor, { action: 'CANCEL', ...entity, before: { name }, after: { status } });
    await em.flush();
  }
  return run;
}
