import type { Connector, RawRow } from '../../connectors/connector.ts';
import { today } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { applySlice, ensurePartition } from '../../domain/ingestion/apply-slice.ts';
import { checkRows, clearRejects, saveRejects } from '../../domain/ingestion/check-rows.ts';
import { checkValidShare, whyUnusable } from '../../domain/ingestion/check-valid-share.ts';
import type { SliceOutcome } from '../../domain/ingestion/compare-slice.ts';
import { chosenTriggers } from '../../domain/ingestion/ingestion-run.entity.ts';
import type { LoadedRun } from '../../domain/ingestion/load-run.ts';
import type { MediaRow } from '../../domain/ingestion/row-rules.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import { sayOverflow } from '../../domain/ingestion/say-overflow.ts';
import {
  noRows,
  type RowCounts,
  settleSlice,
  sourcePosition,
} from '../../domain/ingestion/settle-slice.ts';
import { Slice } from '../../domain/ingestion/slice.entity.ts';
import type { SourceObject } from '../../domain/ingestion/source-object.entity.ts';
import { createStager, stagingColumns, stagingTable } from '../../domain/ingestion/staging.ts';
import type { JobContext } from '../define-job.ts';
import type { ByteMeter } from './byte-meter.ts';
import type { Delivery } from './find-deliveries.ts';
import { routeRows } from './route-rows.ts';
import type { Stopwatch } from './stopwatch.ts';
import { takeCorrections } from './take-corrections.ts';
import { tellTo } from './tell-to.ts';

export interface LoadWork {
  loaded: LoadedRun;
  connector: Connector;
  context: JobContext;
  meter: ByteMeter;
  stopwatch: Stopwatch;
}

/** A delivery that is being loaded, and what was counted of each of its days. */
interface Loading extends LoadWork {
  delivery: Delivery;
  objects: SourceObject[];
  counts: Map<RunSlice, RowCounts>;
}

/**
 * Load the days that came together: their file's faults end them FAILED and the run goes on; faults of ours, of
 * the bucket or of the database end the attempt, to be tried again.
 */
export async function loadDelivery(work: LoadWork, delivery: Delivery): Promise<void> {
  const { context, stopwatch, meter, loaded } = work;
  const objects = await stopwatch.time('fetch', () => delivery.takeUp());
  const counts = new Map(delivery.slices.map((slice) => [slice, noRows()]));
  const loading = { ...work, delivery, objects, counts };
  if (objects.length === 0) {
    for (const slice of delivery.slices) {
      const reason = `No object matches ${loaded.feed.keyPattern} on this day.`;
      await settle(loading, slice, { status: 'MISSING', reason });
      context.log.warn({ feedId: loaded.feed.id, date: slice.date }, 'no file for the day');
    }
  } else if (delivery.knownAs) {
    const reason = delivery.knownAs;
    for (const slice of delivery.slices)
      await settle(loading, slice, { status: 'UNCHANGED', reason });
  } else {
    await settleUnusable(loading, delivery.slices, async () => {
      await stopwatch.time('stage', () => stageRows(loading));
      checkValidShare(loaded.feed, counts.values());
      for (const slice of delivery.slices) {
        context.signal.throwIfAborted();
        await settleUnusable(loading, [slice], () =>
          stopwatch.time('apply', () => sayOverflow(applyRows(loading, slice))),
        );
      }
    });
  }
  meter.finish(delivery);
}

async function settle(loading: Loading, slice: RunSlice, outcome: SliceOutcome): Promise<void> {
  const { loaded, context, objects } = loading;
  const counts = countsOf(loading, slice);
  await context.write((em) => settleSlice(em, loaded, slice, objects, counts, outcome));
  tellRows(loading, counts, outcome);
}

/** A file that cannot be used is an outcome, not a failure of the job. */
async function settleUnusable(
  loading: Loading,
  slices: RunSlice[],
  load: () => Promise<void>,
): Promise<void> {
  try {
    await load();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'BAD_USER_INPUT')) throw error;
    const outcome = { status: 'FAILED', reason: error.message } as const;
    for (const slice of slices) await settle(loading, slice, outcome);
  }
}

/** Read the objects once, whatever the number of their days, into scratch. */
async function stageRows(loading: Loading): Promise<void> {
  const { loaded, connector, context, meter, delivery, objects, counts } = loading;
  await context.write(async (em) => {
    for (const slice of delivery.slices) await clearRejects(em, slice);
  });
  const latestDay = today(loaded.feed.timeZone);
  const severities = { ...connector.severities, ...loaded.severities };
  const stager = createStager(context.run.fence);
  const corrections = await takeCorrections(objects, context.store);
  async function* check(object: SourceObject, rows: RawRow[]): AsyncGenerator<string> {
    for (const [slice, ofDay] of routeRows(rows, delivery)) {
      const lineOf = (row: MediaRow) => stager.lineOf(slice.id, row);
      const rules = { day: slice.date, latestDay, severities, lineOf };
      const { lines, rejects } = checkRows(ofDay, rules, countsOf(loading, slice));
      if (rejects.length > 0) {
        await context.write((em) => saveRejects(em, slice, object.id, rejects));
      }
      if (lines) yield lines;
    }
  }
  async function* goodRows(): AsyncGenerator<string> {
    for (const object of objects.filter(({ isCorrection }) => !isCorrection)) {
      const file = (await context.store.readArchived(object.sha256)).compose(meter.count());
      const corrected = corrections.of(object);
      const options = {
        ...object.reading,
        currency: loaded.feed.currency,
        ...tellTo(counts),
      };
      for await (const rows of connector.read(file, options)) {
        context.signal.throwIfAborted();
        yield* check(
          object,
          corrected.length === 0 ? rows : rows.filter(({ line }) => !corrections.has(object, line)),
        );
      }
      if (corrected.length > 0) yield* check(object, corrected);
    }
  }
  await context.copy(stagingTable, stagingColumns, goodRows());
}

async function applyRows(loading: Loading, slice: RunSlice): Promise<void> {
  const { loaded, context, objects } = loading;
  const { feed, run } = loaded;
  const counts = countsOf(loading, slice);
  if (counts.rowsRead === 0 && !(await hasData(loading, slice))) {
    const reason = 'The report has no rows of this day.';
    return settle(loading, slice, { status: 'MISSING', reason });
  }
  const unusable = whyUnusable(counts);
  if (unusable) throw new DomainError('BAD_USER_INPUT', unusable);
  await context.read((em) => ensurePartition(em, slice.date));
  const outcome = await context.write(async (em) => {
    const outcome = await applySlice(em, {
      feed,
      date: slice.date,
      staged: { runSliceId: slice.id, fence: context.run.fence },
      stagedRows: counts.rowsRead - counts.rowsRejected,
      sourcePosition: sourcePosition(objects) ?? run.createdAt,
      objectIds: objects.map((object) => object.id),
      isApproved: run.trigger !== 'UPLOAD' && chosenTriggers.includes(run.trigger),
      replacesId: slice.replacesId,
      expectedVersion: slice.expectedVersion,
      isRevert: run.trigger === 'REVERT',
    });
    await settleSlice(em, loaded, slice, objects, counts, outcome);
    return outcome;
  });
  tellRows(loading, counts, outcome);
}

/** Of a day with data, a report without rows says that there are none any more: it is compared as any other. */
function hasData({ context, loaded }: Loading, { date }: RunSlice): Promise<boolean> {
  const day = { feedId: loaded.feed.id, date, version: { $gt: 0 } };
  return context.read(async (em) => (await em.count(Slice, day)) > 0);
}

function countsOf({ counts }: Loading, slice: RunSlice): RowCounts {
  const found = counts.get(slice);
  if (!found) throw new Error(`${slice.date} is no day of the delivery`);
  return found;
}

/** Tell what a day's files held, once it is committed: a day that failed on the way is told by a later attempt. */
function tellRows(
  { loaded, context }: LoadWork,
  { rowsRead: read, rowsRejected: rejected }: RowCounts,
  { status }: SliceOutcome,
): void {
  const applied = status === 'APPLIED' ? read - rejected : 0;
  context.observer.daySettled(loaded.feed.source, { read, rejected, applied });
}
