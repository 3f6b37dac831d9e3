import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import type { LocalDate } from '../calendar.ts';
import { DomainError, found } from '../errors.ts';
import type { ObjectStore } from '../feed/object-store.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { refuseExpired } from './refuse-expired.ts';
import { holdEndedRun, makeRunByHand } from './run-by-hand.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

/** A day that a run applied, and what it was built from before. */
interface AppliedDay {
  date: LocalDate;
  /** The run slice that the day is by now. */
  currentId: string;
  isCurrent: boolean;
  /** Null where the day had no data before. */
  objectIds: string[] | null;
  sourcePosition: string | null;
}

/**
 * Have the days that a run applied built from what they were built from before: a new run loads those archived files.
 * Schedules leave the files of the reverted run alone. The new run can be reverted as any.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when it applied nothing, one of its days has moved on or had no data
 *   before, or a file of before is not kept any more.
 */
export async function revertRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
  store: Pick<ObjectStore, 'hasArchived'>,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await holdEndedRun(em, run);
  const days = await findApplied(em, run.id);
  if (days.length === 0) throw new DomainError('CONFLICT', 'The run applied no day.');
  const moved = days.find(({ isCurrent }) => !isCurrent);
  if (moved) throw new DomainError('CONFLICT', `${moved.date} has moved on since.`);
  const first = days.find(({ objectIds }) => objectIds === null);
  if (first) {
    throw new DomainError('CONFLICT', `${first.date} had no data before: nothing can return.`);
  }
  await refuseExpired(em, store, days);
  const slices = days.map(({ date, currentId, objectIds, sourcePosition }) => ({
    ...{ date, replacesId: currentId, objectIds: objectIds ?? [] },
    sourcePosition: sourcePosition === null ? null : new Date(sourcePosition),
  }));
  const revert = { trigger: 'REVERT', action: 'REVERT', slices } as const;
  return makeRunByHand(em, actor, run, revert, enqueue);
}

/** A later run that found nothing else leaves the day as it is; whatever changed it has moved it on. */
function findApplied(em: EntityManager, runId: string): Promise<AppliedDay[]> {
  return em.execute<AppliedDay[]>(
    `select a.date, day.run_slice_id as "currentId", before.object_ids as "objectIds",
       before.source_position as "sourcePosition",
       not exists (
         select from run_slices later
         where later.feed_id = a.feed_id and later.date = a.date and later.version > a.version
       ) as "isCurrent"
     from run_slices a
     join slices day on day.feed_id = a.feed_id and day.date = a.date
     left join lateral (
       select object_ids, source_position from run_slices b
       where b.feed_id = a.feed_id and b.date = a.date and b.status in ('APPLIED', 'UNCHANGED')
         and b.version < a.version and b.object_ids <> '{}'
       order by b.version desc, b.finished_at desc limit 1
     ) before on true
     where a.run_id = ? and a.status = 'APPLIED'
     order by a.date`,
    [runId],
  );
}
