import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { storableText } from '../storable-text.ts';
import type { SliceOutcome } from './compare-slice.ts';
import type { LoadedRun } from './load-run.ts';
import { lockSlice } from './lock-slice.ts';
import { RunSlice } from './run-slice.entity.ts';
import type { SourceObject } from './source-object.entity.ts';

/** What was counted while a slice's files were read. */
export interface RowCounts {
  rowsRead: number;
  rowsRejected: number;
  /** Rows that broke a rule taken as a warning, by rule. */
  warnings: Record<string, number>;
  /** Headers of columns that were passed over. */
  otherColumns: string[];
  /** What somebody should know of the files, in sentences. */
  remarks: string[];
}

/** What is counted before anything is read. */
export function noRows(): RowCounts {
  return { rowsRead: 0, rowsRejected: 0, warnings: {}, otherColumns: [], remarks: [] };
}

/**
 * Keep what became of one day with its run, and on the day itself where that has no data to show.
 *
 * Also empties the scratch of the slice. Part of the transaction that applied it.
 */
export async function settleSlice(
  em: EntityManager,
  { feed }: LoadedRun,
  slice: RunSlice,
  objects: SourceObject[],
  counts: RowCounts,
  outcome: SliceOutcome,
): Promise<void> {
  await em.nativeUpdate(
    RunSlice,
    { id: slice.id },
    {
      ...counts,
      ...outcome,
      reason: outcome.reason && storableText(outcome.reason),
      objectIds: objects.map((object) => object.id),
      sourcePosition: sourcePosition(objects),
      finishedAt: await databaseNow(em),
    },
  );
  if (outcome.status === 'MISSING' || outcome.status === 'HELD' || outcome.status === 'FAILED') {
    await lockSlice(em, feed, slice.date);
    await em.execute(
      `update slices set status = ?, reason = ?, run_slice_id = ?, updated_at = now()
       where feed_id = ? and date = ? and version = 0`,
      [
        outcome.status,
        outcome.reason && storableText(outcome.reason),
        slice.id,
        feed.id,
        slice.date,
      ],
    );
  }
  await em.execute('delete from staging.media_rows where run_slice_id = ?', [slice.id]);
}

/** The instant of the newest of the objects that a day was built from. */
export function sourcePosition(objects: SourceObject[]): Date | null {
  const instants = objects.map((object) => object.lastModified.getTime());
  return instants.length > 0 ? new Date(Math.max(...instants)) : null;
}
