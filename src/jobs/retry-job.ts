import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { requeueJob } from '../domain/job/requeue-job.ts';
import type { Outbox } from './enqueue.ts';
import { jobs } from './registry.ts';

/**
 * Try a failed or cancelled job again, and make undecided what it had decided.
 *
 * @param actor who asks; null where it is the operator.
 * @throws {DomainError} NOT_FOUND; CONFLICT when it has not ended, or has succeeded.
 */
export async function retryJob(
  em: EntityManager,
  actor: Actor | null,
  outbox: Outbox,
  id: string,
): Promise<JobRun> {
  const run = await requeueJob(em, actor, id);
  const job = jobs.get(run.name);
  const payload = job?.payload.safeParse(run.payload);
  if (job && payload?.success) await job.onRetry?.(em, payload.data);
  outbox.jobRunIds.push(run.id);
  return run;
}
