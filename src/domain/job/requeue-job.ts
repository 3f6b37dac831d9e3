import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { JobRun } from './job-run.entity.ts';

/**
 * Have a job that failed or was cancelled tried again, with all its attempts. What it had done stays done.
 *
 * @param actor who asks; null where it is the operator.
 * @throws {DomainError} NOT_FOUND; CONFLICT when it has not ended, or has succeeded.
 */
export async function requeueJob(
  em: EntityManager,
  actor: Actor | null,
  id: string,
): Promise<JobRun> {
  const before = found(await em.findOne(JobRun, id), 'job');
  const [requeued] = await em.execute(
    `update job_runs set status = 'QUEUED', attempt = 0, failures = 0, deaths = 0,
       run_at = now(), sent_at = null, finished_at = null, cancel_requested_at = null,
       stage = null, done = null, total = null, error_code = null, error_message = null,
       sequence = sequence + 1
     where id = ? and status in ('FAILED', 'CANCELLED')
     returning id`,
    [id],
  );
  const run = await em.refresh(before);
  if (!requeued || !run) {
    const status = before.status.toLowerCase();
    throw new DomainError(
      'CONFLICT',
      `Only a failed or cancelled job is retried; it is ${status}.`,
    );
  }
  if (actor) {
    const entity = { entityType: 'JobRun', entityId: id };
    const { name, status } = run;
    recordChange(em, actor, { action: 'RETRY', ...entity, before: { name }, after: { status } });
    await em.flush();
  }
  return run;
}
