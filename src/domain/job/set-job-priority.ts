import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { JobRun } from './job-run.entity.ts';

/**
 * Put a waiting job before or behind others of its organization.
 *
 * @param priority 0 to 10; the higher goes first, most have 5.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT when it is not waiting.
 */
export async function setJobPriority(
  em: EntityManager,
  actor: Actor,
  id: string,
  priority: number,
): Promise<JobRun> {
  if (priority < 0 || priority > 10) throw badInput('A priority is 0 to 10.', 'priority');
  const before = found(await em.findOne(JobRun, id), 'job');
  const [changed] = await em.execute(
    `update job_runs set priority = ?, sequence = sequence + 1
     where id = ? and status = 'QUEUED' returning id`,
    [priority, id],
  );
  if (!changed) throw new DomainError('CONFLICT', 'Only a job that waits can be moved.');
  const entity = { entityType: 'JobRun', entityId: id };
  const [was, is] = [{ priority: before.priority }, { priority }];
  recordChange(em, actor, { action: 'SET_PRIORITY', ...entity, before: was, after: is });
  await em.flush();
  return em.refresh(before) as Promise<JobRun>;
}
