import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../domain/array-literal.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { storableText } from '../domain/storable-text.ts';
import { together } from '../domain/together.ts';
import type { JobDatabase } from './database.ts';
import { type JobDefinition, LostLeaseError } from './define-job.ts';

/** A run at the fence that one worker claimed it at. */
export type Claim = Pick<JobRun, 'id' | 'fence'>;

/** A run as it was when it was claimed. */
export interface ClaimedRow {
  id: string;
  organization_id: string;
  name: string;
  queue: string;
  payload: object;
  status: string;
  fence: number;
  attempt: number;
  failures: number;
  max_attempts: number;
  deaths: number;
  cancel_requested_at: string | null;
  sequence: number;
  traceparent: string | null;
}

export interface ClaimOptions {
  database: JobDatabase;
  jobs: ReadonlyMap<string, JobDefinition>;
  leaseMs: number;
}

/**
 * How a worker takes up, from one queue, the run that a delivery names or, where another's turn has come,
 * that other one.
 *
 * It gives the run, RUNNING; undefined where there is nothing to take up: it has ended, is another worker's,
 * paused, not due, or only a newer version knows it.
 *
 * @param momentMs deliveries that come within it are claimed together.
 */
export function createClaims(
  { database, jobs, leaseMs }: ClaimOptions,
  worker: string,
  queue: string,
  momentMs: number,
) {
  const known = JSON.stringify(
    Object.fromEntries(
      [...jobs.values()].map(({ name, payloadVersion = 1 }) => [name, payloadVersion]),
    ),
  );
  const lease = `${leaseMs} milliseconds`;
  return together<string, ClaimedRow | undefined>(async (ids) => {
    const claimed = await database.call<{ delivered_id: string; run: ClaimedRow }>(
      'claim_job_runs',
      queue,
      arrayLiteral([...ids]),
      worker,
      lease,
      known,
    );
    const runs = new Map(claimed.map(({ delivered_id, run }) => [delivered_id, run]));
    // A delivery that came twice at once is one.
    return ids.map((id, place) => (ids.indexOf(id) === place ? runs.get(id) : undefined));
  }, momentMs);
}

/** How a worker ends runs that succeeded; it gives their new sequence, or undefined where the lease was lost. */
export function createSuccesses(database: JobDatabase) {
  return together<Claim, number | undefined>(async (claims) => {
    const ended = await database.call<{ id: string; sequence: string }>(
      'succeed_job_runs',
      arrayLiteral(claims.map(({ id }) => id)),
      arrayLiteral(claims.map(({ fence }) => String(fence))),
    );
    const sequences = new Map(ended.map(({ id, sequence }) => [id, Number(sequence)]));
    return claims.map(({ id }) => sequences.get(id));
  });
}

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

/** The same for many at once. @returns the ids of those that are held. */
export async function holdFences(
  em: EntityManager,
  claims: readonly Claim[],
): Promise<ReadonlySet<string>> {
  const held = await em.execute<{ id: string }[]>(
    `select j.id from job_runs j join unnest(?::uuid[], ?::int[]) c (id, fence) on c.id = j.id and c.fence = j.fence
     where j.status = 'RUNNING' order by j.id for key share of j`,
    [
      arrayLiteral(claims.map(({ id }) => id)),
      arrayLiteral(claims.map(({ fence }) => String(fence))),
    ],
  );
  return new Set(held.map(({ id }) => id));
}

/**
 * Renew the lease.
 *
 * @returns whether somebody asked to cancel the run, or an operator halted what runs.
 * @throws {LostLeaseError}
 */
export async function renewLease(
  em: EntityManager,
  claim: Claim,
  leaseMs: number,
): Promise<{ isCancelled: boolean; isHalted: boolean }> {
  const [run] = await em.execute<{ cancelled: boolean; halted: boolean }[]>(
    `update job_runs set lease_until = now() + ? * interval '1 millisecond'
     where id = ? and fence = ? and status = 'RUNNING'
     returning cancel_requested_at is not null as cancelled,
       exists (
         select from queue_pauses
         where halts_running and organization_id is null and queue in ('*', job_runs.queue)
       ) as halted`,
    [leaseMs, claim.id, claim.fence],
  );
  if (!run) throw new LostLeaseError(`Job run ${claim.id} was taken over`);
  return { isCancelled: run.cancelled, isHalted: run.halted };
}

/** How an attempt ended. */
export type Ending =
  | { status: 'SUCCEEDED' | 'CANCELLED' }
  | { status: 'FAILED'; errorCode: string; errorMessage: string }
  /** It goes on later: what it needs is still to come. */
  | { status: 'QUEUED'; waitMs: number; isCounted: false }
  /** Another attempt follows; one that its worker gave back unharmed does not count. */
  | {
      status: 'QUEUED';
      waitMs: number;
      isCounted: boolean;
      errorCode: string;
      errorMessage: string;
    };

/**
 * Write the end of an attempt; QUEUED means that another follows, unless its end was wished meanwhile.
 *
 * @returns the run's new sequence.
 */
export async function endAttempt(em: EntityManager, claim: Claim, wanted: Ending): Promise<number> {
  // Waits for a writer that still holds the fence: what is announced as ended writes nothing more.
  const [run] = await em.execute<{ wished: boolean }[]>(
    'select cancel_requested_at is not null as wished from job_runs where id = ? for update',
    [claim.id],
  );
  const ending: Ending =
    run?.wished && wanted.status === 'QUEUED' ? { status: 'CANCELLED' } : wanted;
  const hasEnded = ending.status !== 'QUEUED';
  const failed = 'errorCode' in ending;
  const rows = await em.execute<{ sequence: string }[]>(
    `update job_runs set status = ?, sequence = sequence + 1, lease_until = null, sent_at = null,
       run_at = case when ?::int is null then run_at else now() + ?::int * interval '1 millisecond' end,
       attempt = attempt - ?, failures = failures + ?, deaths = 0, error_code = ?, error_message = ?,
       finished_at = case when ? then now() end
     where id = ? and fence = ? and status = 'RUNNING'
     returning sequence`,
    [
      ending.status,
      ending.status === 'QUEUED' ? ending.waitMs : null,
      ending.status === 'QUEUED' ? ending.waitMs : null,
      ending.status === 'QUEUED' && !ending.isCounted ? 1 : 0,
      ending.status === 'QUEUED' && ending.isCounted ? 1 : 0,
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

/** The run as an entity. @throws when it is not there. */
export function loadJobRun(em: EntityManager, id: string): Promise<JobRun> {
  return em.findOneOrFail(JobRun, id);
}
