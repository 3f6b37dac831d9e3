import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { holdEndedRun, makeRunByHand } from './run-by-hand.ts';
import { RunSlice } from './run-slice.entity.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

/**
 * Try again what a run did not load: the run itself where its job failed or was cancelled, else a new run of just the
 * days that failed or had no file.
 *
 * @param requeue tries a job again.
 * @returns the run that does so.
 * @throws {DomainError} NOT_FOUND; CONFLICT while it is under way, when all its days are loaded, for days of an upload
 *   (nothing newer is to be found of them), and where the file that it was to load is not kept any more.
 */
export async function retryRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
  requeue: (jobRunId: string) => Promise<unknown>,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  const job = await holdEndedRun(em, run);
  if (job && job.status !== 'SUCCEEDED') {
    await requeue(job.id);
    return em.refreshOrFail(run);
  }
  const { origin } = await em.findOneOrFail(Feed, run.feedId);
  if (run.trigger === 'UPLOAD' || origin === 'UPLOAD') {
    throw new DomainError('CONFLICT', 'Its file stays as it is: correct it, and upload it again.');
  }
  const where = { runId: run.id, status: { $in: ['FAILED' as const, 'MISSING' as const] } };
  const open = await em.find(RunSlice, where, { orderBy: { date: 'asc' } });
  if (open.length === 0) {
    throw new DomainError('CONFLICT', 'All days of the run are loaded, or held.');
  }
  const slices = open.map(({ date }) => ({ date }));
  const retry = { trigger: 'RETRY', action: 'RETRY', slices } as const;
  return makeRunByHand(em, actor, run, retry, enqueue);
}
