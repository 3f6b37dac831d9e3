import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { AeoAudit, type AuditStatus, isOpen } from './aeo-audit.entity.ts';
import type { AuditPolicy } from './audit-policy.ts';
import { admitAudit } from './start-audit.ts';

/** When the jobs of a paused audit would be taken up: never. */
const never = '9999-01-01T00:00:00Z';

/** The job that leads an audit, and those that ask. */
const itsJobs = `(id = (select job_run_id from aeo_audits where id = ?)
  or id in (select job_run_id from aeo_answers where audit_id = ? and status = 'RELEASED'))`;

/** A changed audit, and the jobs that are to be sent, or told that they shall end. */
export interface SteeredAudit {
  audit: AeoAudit;
  jobRunIds: string[];
}

/**
 * Ask nothing more for now; questions that are being asked are answered. A second time changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when it has ended.
 */
export async function pauseAudit(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<SteeredAudit> {
  const audit = await hold(em, id, ['PENDING', 'RUNNING', 'PAUSED']);
  if (audit.status === 'PAUSED') return { audit, jobRunIds: [] };
  audit.status = 'PAUSED';
  await em.execute(
    `update job_runs set run_at = ?, sequence = sequence + 1 where ${itsJobs} and status = 'QUEUED'`,
    [never, id, id],
  );
  return record(em, actor, audit, 'PAUSE', []);
}

/**
 * Go on with an audit that is paused. A second time changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when it has ended.
 */
export async function resumeAudit(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<SteeredAudit> {
  const audit = await hold(em, id, ['PENDING', 'RUNNING', 'PAUSED']);
  if (audit.status !== 'PAUSED') return { audit, jobRunIds: [] };
  audit.status = audit.startedAt ? 'RUNNING' : 'PENDING';
  Object.assign(audit, { activeAt: await databaseNow(em), askingSince: null });
  return record(em, actor, audit, 'RESUME', await wake(em, audit));
}

/**
 * End an audit at once: what was answered stays, and nothing more is kept. A second time changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when it has ended otherwise.
 */
export async function cancelAudit(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<SteeredAudit> {
  const audit = await hold(em, id, ['PENDING', 'RUNNING', 'PAUSED', 'CANCELLED']);
  if (audit.status === 'CANCELLED') return { audit, jobRunIds: [] };
  // Why it would have been taken up again is told no more.
  Object.assign(audit, { errorCode: null, errorMessage: null });
  const jobRunIds = await endAudit(em, audit, 'CANCELLED');
  return record(em, actor, audit, 'CANCEL', jobRunIds);
}

/**
 * Ask once more what came to nothing, of an audit that has ended: what was answered is not asked again.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when nothing is missing, its answers are no longer kept, it is only just
 *   ending, or no audit of its client could begin now.
 */
export async function retryAudit(
  em: EntityManager,
  actor: Actor,
  policy: AuditPolicy,
  id: string,
): Promise<SteeredAudit> {
  const audit = await hold(em, id, ['COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED', 'RUNNING']);
  if (audit.status === 'RUNNING') return { audit, jobRunIds: [] };
  if (audit.answersRemovedAt) {
    const message = 'Its questions and answers are no longer kept: begin another audit.';
    throw new DomainError('CONFLICT', message);
  }
  await refuseWhileLed(em, audit);
  await admitAudit(em, policy, audit.clientId);
  Object.assign(audit, { status: audit.startedAt ? 'RUNNING' : 'PENDING', finishedAt: null });
  Object.assign(audit, { activeAt: await databaseNow(em), askingSince: null });
  Object.assign(audit, { errorCode: null, errorMessage: null, stage: 'INITIALIZING' });
  await reopenAnswers(em, id);
  return record(em, actor, audit, 'RETRY', await wake(em, audit));
}

/**
 * What led an audit may outlast it by a moment, as where it is told of a cancel, and would end with it what is taken up
 * meanwhile. Its end and this take turns.
 *
 * @throws {DomainError} CONFLICT.
 */
async function refuseWhileLed(em: EntityManager, { jobRunId }: AeoAudit): Promise<void> {
  const [leading] = await em.execute<{ isOver: boolean }[]>(
    `select status in ('SUCCEEDED', 'FAILED', 'CANCELLED') as "isOver" from job_runs
     where id = ? for no key update`,
    [jobRunId],
  );
  if (!leading || leading.isOver) return;
  throw new DomainError('CONFLICT', 'The audit is only just ending: retry it in a moment.');
}

/** Have what came to nothing asked again. */
export async function reopenAnswers(em: EntityManager, auditId: string): Promise<void> {
  await em.execute(
    `update aeo_answers set status = 'PENDING', job_run_id = null, failures = 0, refusals = 0, batch = null,
       error_code = null, error_message = null, ended_at = null
     where audit_id = ? and status in ('FAILED', 'SKIPPED')`,
    [auditId],
  );
}

/**
 * End an audit whatever it is at: what is not answered is skipped.
 *
 * @returns the jobs that run, and are to be told.
 */
export async function endAudit(
  em: EntityManager,
  audit: AeoAudit,
  status: Extract<AuditStatus, 'CANCELLED' | 'FAILED'>,
): Promise<string[]> {
  audit.status = status;
  audit.finishedAt = await databaseNow(em);
  await em.flush();
  const told = await em.execute<{ id: string }[]>(
    `update job_runs set cancel_requested_at = now(), sequence = sequence + 1,
       finished_at = case when status = 'QUEUED' then now() end,
       status = case when status = 'QUEUED' then 'CANCELLED' else status end
     where ${itsJobs} and status in ('QUEUED', 'RUNNING') and cancel_requested_at is null
     returning id`,
    [audit.id, audit.id],
  );
  await em.execute(
    `select from aeo_answers where audit_id = ? and status in ('PENDING', 'RELEASED')
     order by id for no key update`,
    [audit.id],
  );
  await em.execute(
    `update aeo_answers set status = 'SKIPPED', error_code = ?, cost_ceiling = null, ended_at = now()
     where audit_id = ? and status in ('PENDING', 'RELEASED')`,
    [status, audit.id],
  );
  return told.map(({ id }) => id);
}

/** Have the jobs of an audit taken up now, the one that leads it also where it has ended. */
async function wake(em: EntityManager, { id, jobRunId }: AeoAudit): Promise<string[]> {
  await em.execute(
    `update job_runs set status = 'QUEUED', attempt = 0, failures = 0, deaths = 0, finished_at = null,
       cancel_requested_at = null, error_code = null, error_message = null
     where id = ? and status in ('SUCCEEDED', 'FAILED', 'CANCELLED')`,
    [jobRunId],
  );
  const due = await em.execute<{ id: string }[]>(
    `update job_runs set run_at = date_trunc('milliseconds', now()), sent_at = null, sequence = sequence + 1
     where ${itsJobs} and status = 'QUEUED' returning id`,
    [id, id],
  );
  return due.map((job) => job.id);
}

/** Changes of one audit take turns. */
async function hold(em: EntityManager, id: string, allowed: AuditStatus[]): Promise<AeoAudit> {
  const known = found(await em.findOne(AeoAudit, id), 'audit');
  await em.execute('select from aeo_audits where id = ? for no key update', [id]);
  const audit = await em.refreshOrFail(known);
  if (allowed.includes(audit.status)) return audit;
  const words = audit.status.toLowerCase().replaceAll('_', ' ');
  const state = isOpen(audit.status) ? `is ${words}` : `has ended: ${words}`;
  throw new DomainError('CONFLICT', `The audit ${state}.`);
}

async function record(
  em: EntityManager,
  actor: Actor,
  audit: AeoAudit,
  action: string,
  jobRunIds: string[],
): Promise<SteeredAudit> {
  const entity = { entityType: 'AeoAudit', entityId: audit.id };
  recordChange(em, actor, { action, ...entity, before: null, after: { clientId: audit.clientId } });
  await em.flush();
  return { audit, jobRunIds };
}
