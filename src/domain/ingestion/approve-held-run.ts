import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { refuseExpired } from './refuse-expired.ts';
import { holdEndedRun, makeRunByHand } from './run-by-hand.ts';
import { RunSlice } from './run-slice.entity.ts';
import { Slice } from './slice.entity.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

/**
 * Apply what a run held back: a new run loads the same archived files, without holding them.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when nothing is held, a day has moved on since, or a file is not kept
 *   any more.
 */
export async function approveHeldRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await holdEndedRun(em, run);
  const held = await em.find(
    RunSlice,
    { runId: run.id, status: 'HELD' },
    { orderBy: { date: 'asc' } },
  );
  if (held.length === 0) throw new DomainError('CONFLICT', 'Nothing of this run is held.');
  await refuseMovedOn(em, run);
  await refuseExpired(em, null, held);
  const days = await em.find(Slice, {
    feedId: run.feedId,
    date: { $in: held.map(({ date }) => date) },
  });
  const slices = held.map(({ date, objectIds, sourcePosition }) => ({
    ...{ date, objectIds, sourcePosition },
    // Files of one second are told apart by what the day is by the time that it is applied.
    replacesId: days.find((day) => day.date === date)?.runSliceId ?? null,
  }));
  const approval = { trigger: 'APPROVAL', action: 'APPROVE', slices } as const;
  return makeRunByHand(em, actor, run, approval, enqueue);
}

/** A slice has moved on when a later file was applied to it, or when this approval was given before. */
async function refuseMovedOn(em: EntityManager, run: IngestionRun): Promise<void> {
  const [moved] = await em.execute<{ date: string }[]>(
    `select h.date from run_slices h
     where h.run_id = ? and h.status = 'HELD' and exists (
       select from run_slices later
       join ingestion_runs r on r.id = later.run_id
       join job_runs j on j.id = r.job_run_id
       where later.feed_id = h.feed_id and later.date = h.date and later.id <> h.id
         and (later.status in ('APPLIED', 'UNCHANGED') and later.finished_at > h.finished_at
           or later.status = 'PENDING' and r.trigger = 'APPROVAL' and j.status in ('QUEUED', 'RUNNING'))
     ) limit 1`,
    [run.id],
  );
  if (moved) throw new DomainError('CONFLICT', `${moved.date} has moved on since it was held.`);
}
