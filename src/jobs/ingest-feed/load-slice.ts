import type { Connector, ReadOptions } from '../../connectors/connector.ts';
import { today } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { StoredObject } from '../../domain/feed/object-store.ts';
import {
  applySlice,
  ensurePartition,
  type SliceOutcome,
} from '../../domain/ingestion/apply-slice.ts';
import { checkRows, clearRejects, saveRejects } from '../../domain/ingestion/check-rows.ts';
import type { LoadedRun } from '../../domain/ingestion/load-run.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import {
  noRows,
  type RowCounts,
  settleSlice,
  sourcePosition,
} from '../../domain/ingestion/settle-slice.ts';
import { SourceObject } from '../../domain/ingestion/source-object.entity.ts';
import { stagingColumns, stagingTable } from '../../domain/ingestion/staging.ts';
import { takeUpObjects } from '../../domain/ingestion/take-up-objects.ts';
import { storableText } from '../../domain/storable-text.ts';
import type { JobContext } from '../define-job.ts';
import type { ByteMeter } from './byte-meter.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface SliceWork {
  loaded: LoadedRun;
  connector: Connector;
  context: JobContext;
  meter: ByteMeter;
  stopwatch: Stopwatch;
}

/**
 * Load one day: its file's faults end it FAILED and the run goes on; faults of ours, of the bucket or of the
 * database end the attempt, to be tried again.
 *
 * @param isKnown the day was built from just these objects: there is nothing to read.
 */
export async function loadSlice(
  work: SliceWork,
  slice: RunSlice,
  listed: StoredObject[],
  isKnown: boolean,
): Promise<void> {
  const { loaded, context, stopwatch } = work;
  const counts = noRows();
  let objects: SourceObject[] = [];
  const settle = async (outcome: SliceOutcome) => {
    await context.write((em) => settleSlice(em, loaded, slice, objects, counts, outcome));
    countRows(work, counts, outcome);
  };

  objects = await stopwatch.time('fetch', () =>
    slice.objectIds.length > 0
      ? context.read((em) => em.find(SourceObject, { id: { $in: slice.objectIds } }))
      : takeUpObjects(loaded.feed, listed, context.store, context.write),
  );
  if (objects.length === 0) {
    const reason = `No object matches ${loaded.feed.keyPattern} on this day.`;
    await settle({ status: 'MISSING', reason });
    context.log.warn({ feedId: loaded.feed.id, date: slice.date }, 'no file for the day');
  } else if (isKnown) {
    await settle({ status: 'UNCHANGED', reason: 'No new file since it was applied.' });
  } else {
    await settleUnusable(settle, async () => {
      await stopwatch.time('stage', () => stageRows(work, slice, objects, counts));
      refuseMostlyInvalid(counts, loaded.feed.minValidShare);
      await stopwatch.time('apply', () => sayOverflow(applyRows(work, slice, objects, counts)));
    });
  }
  work.meter.finishDay(slice.date);
}

/** A file that cannot be used is an outcome, not a failure of the job. */
async function settleUnusable(
  settle: (outcome: SliceOutcome) => Promise<void>,
  load: () => Promise<void>,
): Promise<void> {
  try {
    await load();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'BAD_USER_INPUT')) throw error;
    await settle({ status: 'FAILED', reason: error.message });
  }
}

/** Amounts that are each in bounds may add up to more than a column holds: that is the file's fault too. */
async function sayOverflow(applying: Promise<void>): Promise<void> {
  try {
    await applying;
  } catch (error) {
    if ((error as { code?: string }).code !== numericOverflow) throw error;
    const message = 'The facts of one creative add up to more than can be kept.';
    throw new DomainError('BAD_USER_INPUT', message, { cause: error });
  }
}

/** PostgreSQL's `numeric_value_out_of_range`. */
const numericOverflow = '22003';

async function stageRows(
  { loaded, connector, context, meter }: SliceWork,
  slice: RunSlice,
  objects: SourceObject[],
  counts: RowCounts,
): Promise<void> {
  await context.write((em) => clearRejects(em, slice));
  const check = {
    day: slice.date,
    latestDay: today(loaded.feed.timeZone),
    severities: { ...connector.severities, ...loaded.severities },
    staged: { runSliceId: slice.id, fence: context.run.fence },
  };
  async function* goodRows(): AsyncGenerator<string> {
    for (const object of objects) {
      const file = (await context.store.readArchived(object.sha256)).compose(meter.count());
      for await (const rows of connector.read(file, told(loaded.feed.currency, counts))) {
        const { lines, rejects } = checkRows(rows, check, counts);
        if (rejects.length > 0) {
          await context.write((em) => saveRejects(em, slice, object.id, rejects));
        }
        if (lines) yield lines;
      }
    }
  }
  await context.copy(stagingTable, stagingColumns, goodRows());
}

const mostTold = 100;

/** Keeps what a connector tells of a file beside its rows; of several files, each thing once. */
function told(currency: string, counts: RowCounts): ReadOptions {
  const keep = (list: string[], text: string) => {
    const kept = storableText(text.slice(0, 200));
    if (list.length < mostTold && !list.includes(kept)) list.push(kept);
  };
  return {
    currency,
    onColumns: ({ others }) => {
      for (const header of others) keep(counts.otherColumns, header);
    },
    onRemark: (remark) => keep(counts.remarks, remark),
  };
}

function refuseMostlyInvalid({ rowsRead, rowsRejected }: RowCounts, minValidShare: number): void {
  const valid = rowsRead - rowsRejected;
  if (rowsRead === 0) {
    throw new DomainError('BAD_USER_INPUT', 'The file has a header but no rows.');
  }
  if (valid < rowsRead * minValidShare) {
    const least = `${Math.round(minValidShare * 100)} %`;
    const message = `Only ${valid} of ${rowsRead} rows are valid; at least ${least} must be.`;
    throw new DomainError('BAD_USER_INPUT', message);
  }
}

async function applyRows(
  work: SliceWork,
  slice: RunSlice,
  objects: SourceObject[],
  counts: RowCounts,
): Promise<void> {
  const { loaded, context } = work;
  const { feed, run } = loaded;
  await context.read((em) => ensurePartition(em, slice.date));
  const outcome = await context.write(async (em) => {
    const outcome = await applySlice(em, {
      feed,
      date: slice.date,
      staged: { runSliceId: slice.id, fence: context.run.fence },
      stagedRows: counts.rowsRead - counts.rowsRejected,
      sourcePosition: sourcePosition(objects) ?? run.createdAt,
      objectIds: objects.map((object) => object.id),
      isApproved: run.trigger === 'APPROVAL',
    });
    await settleSlice(em, loaded, slice, objects, counts, outcome);
    return outcome;
  });
  countRows(work, counts, outcome);
}

/** Tell what a day's files held, once it is committed: a day that failed on the way is told by a later attempt. */
function countRows(
  { loaded, context }: SliceWork,
  { rowsRead: read, rowsRejected: rejected }: RowCounts,
  { status }: SliceOutcome,
): void {
  const applied = status === 'APPLIED' ? read - rejected : 0;
  context.observer.daySettled(loaded.feed.source, { read, rejected, applied });
}
