import type { DateRange, LocalDate } from '../../domain/calendar.ts';
import { findObjects, inBucket } from '../../domain/feed/find-objects.ts';
import type { StoredObject } from '../../domain/feed/object-store.ts';
import { findAppliedKeys, type LoadedRun } from '../../domain/ingestion/load-run.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import { SourceObject } from '../../domain/ingestion/source-object.entity.ts';
import { takeUpObjects } from '../../domain/ingestion/take-up-objects.ts';
import { listFetchedReports } from '../../domain/report/list-reports.ts';
import type { JobContext } from '../define-job.ts';
import { obtainReports } from './obtain-reports.ts';

/** Days that come together: those of one report, or the one day of its files. */
export interface Delivery {
  /** Those that are still to be loaded, in order. */
  slices: RunSlice[];
  /** The days that its rows may be of: other rows are rejected, and those of days that are loaded passed over. */
  range: DateRange;
  /** How much there is to read. */
  sizeBytes: number;
  /** Whether its days were built from just these objects. */
  isKnown: boolean;
  /** The objects, archived; none where nothing has come. @throws {DomainError} UPSTREAM_FAILED. */
  takeUp(): Promise<SourceObject[]>;
}

export interface Deliveries {
  /** What is still to be loaded. */
  open: Delivery[];
  /** Of what was loaded by earlier attempts, too. */
  totalBytes: number;
}

/**
 * Find out what there is to load for the open days of a run.
 *
 * @throws {NotYet} where it is still to come.
 */
export function findDeliveries(loaded: LoadedRun, context: JobContext): Promise<Deliveries> {
  if (loaded.run.trigger === 'APPROVAL') return findApproved(loaded, context);
  return loaded.feed.origin === 'REPORT'
    ? findReports(loaded, context)
    : findFiles(loaded, context);
}

async function findFiles(loaded: LoadedRun, { store, read, write }: JobContext) {
  const { run, pending } = loaded;
  const feed = inBucket(loaded.feed);
  const range = { from: run.fromDate, to: run.toDate };
  const found = await findObjects(feed, range, store);
  const applied = await read((em) => findAppliedKeys(em, feed, range));
  const open = pending.map((slice): Delivery => {
    const objects = found.get(slice.date) ?? [];
    return {
      slices: [slice],
      range: { from: slice.date, to: slice.date },
      sizeBytes: sizeOf(objects),
      isKnown: run.trigger === 'SCHEDULE' && isSame(objects, applied.get(slice.date)),
      takeUp: () => takeUpObjects(feed, objects, store, write),
    };
  });
  return { open, totalBytes: sizeOf([...found.values()].flat()) };
}

function isSame(objects: StoredObject[], applied: Set<string> | undefined): boolean {
  return (
    objects.length > 0 &&
    objects.length === applied?.size &&
    objects.every(({ key, etag }) => applied.has(`${key} ${etag}`))
  );
}

/** The files that were approved: days that were held of one report are loaded together again. */
async function findApproved({ pending }: LoadedRun, { read }: JobContext): Promise<Deliveries> {
  const groups = Map.groupBy(pending, ({ objectIds }) => objectIds.join());
  const open = await Promise.all(
    [...groups.values()].map(async (slices): Promise<Delivery> => {
      const ids = slices[0]?.objectIds ?? [];
      const objects = await read((em) => em.find(SourceObject, { id: { $in: ids } }));
      return {
        slices,
        range: anyDay,
        sizeBytes: sizeOf(objects),
        isKnown: false,
        takeUp: async () => objects,
      };
    }),
  );
  return { open, totalBytes: open.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** Of rows of other days it was decided when they were held. */
const anyDay: DateRange = { from: '0000-01-01', to: '9999-12-31' };

async function findReports(loaded: LoadedRun, context: JobContext): Promise<Deliveries> {
  const { run, feed } = loaded;
  const platform = context.platforms.get(feed.source);
  if (!platform) throw new Error(`No platform makes reports for the source ${feed.source}`);
  await obtainReports(loaded, platform, context);
  return context.read(async (em) => {
    const reports = await listFetchedReports(em, run.id);
    const ids = reports.map(({ objectId }) => objectId ?? '');
    const objects = await em.find(SourceObject, { id: { $in: ids } });
    const reportOf = ({ date }: { date: LocalDate }) =>
      reports.find(({ fromDate, toDate }) => fromDate <= date && date <= toDate);
    // Days whose report failed have ended with it.
    const groups = Map.groupBy(loaded.pending, (slice) => reportOf(slice)?.objectId);
    const open = objects.flatMap((object): Delivery[] => {
      const slices = groups.get(object.id) ?? [];
      if (slices.length === 0) return [];
      const range = { from: run.fromDate, to: run.toDate };
      const takeUp = async () => [object];
      return [{ slices, range, sizeBytes: object.sizeBytes, isKnown: false, takeUp }];
    });
    return { open, totalBytes: sizeOf(objects) };
  });
}

function sizeOf(objects: { sizeBytes: number }[]): number {
  return objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
