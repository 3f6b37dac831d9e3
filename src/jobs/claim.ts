import type { EntityManager } from '@mikro-orm/postgresql';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { storableText } from '../domain/storable-text.ts';
import { LostLeaseError } from './define-job.ts';

/** A run at the fence that one worker claimed it at. */
export type Claim = Pick<JobRun, 'id' | 'fence'>;

/**
 * Hold a run at its fence until the transaction ends: nobody can claim it meanwhile, so what the
 * transaction writes is this worker's to write.
 *
 * @throws {LostLeaseError} when another worker has claimed it, or it has ended.
 */
export async function holdFence(em: EntityManager, claim: Claim): Promise<void> {
  const [held] = await em.execute(
    `select from job_runs where id = ? and fence = ? and status = 'RUNNING' for key share`,
    [claim.id, claim.fence],
  );
  if (!held) throw new LostLeaseError(`Job run ${claim.id} was taken over`);
}

/**
 * Renew the lease.
 *
 * @returns whether somebody asked to cancel the run.
 * @throws {LostLeaseError}
 */
export async function renewLease(
  em: EntityManager,
  claim: Claim,
  leaseMs: number,
): Promise<{ isCancelled: boolean }> {
  const [run] = await em.execute<{ cancelled: boolean }[]>(
    `update job_runs set lease_until = now() + ? * interval '1 millisecond'
     where id = ? and fence = ? and status = 'RUNNING'
     returning cancel_requested_at is not null as cancelled`,
    [leaseMs, claim.id, claim.fence],
  );
  if (!run) throw new LostLeaseError(`Job run ${claim.id} was taken over`);
  return { isCancelled: run.cancelled };
}

/** How an attempt ended. */
export type Ending =
  | { status: 'SUCCEEDED' | 'CANCELLED' }
  | { status: 'FAILED'; errorCode: string; errorMessage: string }
  /** Another attempt follows; one that its worker gave back unharmed does not count. */
  | { status: 'QUEUED'; runAt: Date; isCounted: boolean; errorCode: string; errorMessage: string };

/** Write the end of an attempt; QUEUED means that another follows. @returns the run's new sequence. */
export async function endAttempt(em: EntityManager, claim: Claim, ending: Ending): Promise<number> {
  // Waits for a writer that still holds the fence: what is announced as ended writes nothing more.
  await em.execute('select from job_runs where id = ? for update', [claim.id]);
  const hasEnded = ending.status !== 'QUEUED';
  const failed = 'errorCode' in ending;
  const rows = await em.execute<{ sequence: string }[]>(
    `update job_runs set status = ?, sequence = sequence + 1, lease_until = null, sent_at = null,
       run_at = coalesce(?, run_at), attempt = attempt - ?, error_code = ?, error_message = ?,
       finished_at = case when ? then now() end
     where id = ? and fence = ? and status = 'RUNNING'
     returning sequence`,
    [
      ending.status,
      ending.status === 'QUEUED' ? ending.runAt : null,
      ending.status === 'QUEUED' && !ending.isCounted ? 1 : 0,
      failed ? ending.errorCode : null,
      failed ? storableText(ending.errorMessage) : null,
      hasEnded,
      claim.id,
      claim.fence,
    ],
  );
  if (!rows[0]) throw new LostLeaseError(`Job run ${claim.id} was taken over`);
  return Number(rows[0].sequence);
}

/** @returns the run as an entity. */
export function loadJobRun(em: EntityManager, id: string): Promise<JobRun> {
  return em.findOneOrFail(JobRun, id);
}
