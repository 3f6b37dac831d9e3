import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAudit, openStatuses } from '../domain/aeo-audit/aeo-audit.entity.ts';
import { cancelAudit } from '../domain/aeo-audit/steer-audit.ts';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { cancelJob } from '../domain/job/cancel-job.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';

/**
 * Ask that a job end. With the one that leads an audit the audit ends: nobody would go on with it.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function stopJob(em: EntityManager, actor: Actor, id: string): Promise<JobRun> {
  const led = await em.findOne(AeoAudit, { jobRunId: id, status: { $in: [...openStatuses] } });
  if (led) await cancelAudit(em, actor, led.id);
  return cancelJob(em, actor, id);
}
