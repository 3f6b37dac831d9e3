import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { cancelJob } from '../job/cancel-job.ts';
import { Backfill } from './backfill.entity.ts';

/** When the jobs of a paused backfill would be taken up: never. */
const never = '9999-01-01T00:00:00Z';

const waitingJobs = `id in (select job_run_id from ingestion_runs where backfill_id = ?) and status = 'QUEUED'`;

/**
 * Take up no more chunks of a backfill; what runs goes on. A second time changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when it was cancelled.
 */
export async function pauseBackfill(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<Backfill> {
  const backfill = await hold(em, id);
  if (backfill.pausedAt) return backfill;
  backfill.pausedAt = await databaseNow(em);
  await em.execute(`update job_runs set run_at = ?, sequence = sequence + 1 where ${waitingJobs}`, [
    never,
    id,
  ]);
  return record(em, actor, backfill, 'PAUSE');
}

/**
 * Go on with a backfill that is paused. A second time changes nothing.
 *
 * @returns it, and the ids of the jobs that are to be sent.
 * @throws {DomainError} NOT_FOUND; CONFLICT when it was cancelled.
 */
export async function resumeBackfill(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<{ backfill: Backfill; jobRunIds: string[] }> {
  const backfill = await hold(em, id);
  if (!backfill.pausedAt) return { backfill, jobRunIds: [] };
  backfill.pausedAt = null;
  const due = await em.execute<{ id: string }[]>(
    `update job_runs set run_at = date_trunc('milliseconds', now()), sent_at = null, sequence = sequence + 1
     where ${waitingJobs} returning id`,
    [id],
  );
  await record(em, actor, backfill, 'RESUME');
  return { backfill, jobRunIds: due.map((job) => job.id) };
}

/**
 * End a backfill: chunks that wait are not loaded, the one that runs ends at its next step. Days that were loaded stay.
 * A second time changes nothing.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function cancelBackfill(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<Backfill> {
  const backfill = await hold(em, id, true);
  if (backfill.cancelledAt) return backfill;
  backfill.cancelledAt = await databaseNow(em);
  const jobs = await em.execute<{ id: string }[]>(
    `select j.id from ingestion_runs r join job_runs j on j.id = r.job_run_id
     where r.backfill_id = ? and j.status in ('QUEUED', 'RUNNING') order by j.id`,
    [id],
  );
  for (const job of jobs) await cancelJob(em, actor, job.id);
  return record(em, actor, backfill, 'CANCEL');
}

/** Changes of one backfill take turns. */
async function hold(em: EntityManager, id: string, mayBeCancelled = false): Promise<Backfill> {
  const known = found(await em.findOne(Backfill, id), 'backfill');
  await em.execute('select from backfills where id = ? for no key update', [id]);
  const backfill = await em.refreshOrFail(known);
  if (backfill.cancelledAt && !mayBeCancelled) {
    throw new DomainError('CONFLICT', 'The backfill was cancelled: begin another one.');
  }
  return backfill;
}

async function record(
  em: EntityManager,
  actor: Actor,
  backfill: Backfill,
  action: string,
): Promise<Backfill> {
  const entity = { entityType: 'Backfill', entityId: backfill.id };
  recordChange(em, actor, { action, ...entity, before: null, after: null });
  await em.flush();
  return backfill;
}
