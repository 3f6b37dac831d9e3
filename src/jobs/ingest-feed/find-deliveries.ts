import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange, LocalDate } from '../../domain/calendar.ts';
import type { Feed } from '../../domain/feed/feed.entity.ts';
import { findObjects, inBucket } from '../../domain/feed/find-objects.ts';
import {
  type BucketReader,
  BucketRefused,
  type StoredObject,
} from '../../domain/feed/object-store.ts';
import { withBucket } from '../../domain/feed/with-bucket.ts';
import { chosenTriggers } from '../../domain/ingestion/ingestion-run.entity.ts';
import {
  findKnownObjects,
  type KnownObjects,
  type LoadedRun,
} from '../../domain/ingestion/load-run.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import { SourceObject } from '../../domain/ingestion/source-object.entity.ts';
import { takeUpObjects } from '../../domain/ingestion/take-up-objects.ts';
import { listFetchedReports } from '../../domain/report/list-reports.ts';
import { FinalJobError, type JobContext } from '../define-job.ts';
import { archiveUpload } from './archive-upload.ts';
import { obtainReports } from './obtain-reports.ts';

/** Days that come together: those of one report, or the one day of its files. */
export interface Delivery {
  /** Those that are still to be loaded, in order. */
  slices: RunSlice[];
  /** The days that its rows may be of: other rows are rejected, and those of days that are loaded passed over. */
  range: DateRange;
  /** How much there is to read. */
  sizeBytes: number;
  /** Why there is nothing to read of these objects, where that is so. */
  knownAs: string | null;
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
  if (chosenTriggers.includes(loaded.run.trigger)) return findChosen(loaded, context);
  return loaded.feed.origin === 'REPORT'
    ? findReports(loaded, context)
    : findFiles(loaded, context);
}

async function findFiles(loaded: LoadedRun, context: JobContext) {
  const { store, read, write } = context;
  const { run, pending } = loaded;
  const feed = inBucket(loaded.feed);
  const range = { from: run.fromDate, to: run.toDate };
  const found = await readBucket(feed, context, (bucket) => findObjects(feed, range, bucket));
  const known = await read((em) => findKnownObjects(em, feed, range));
  const open = pending.map((slice): Delivery => {
    const objects = found.get(slice.date) ?? [];
    return {
      slices: [slice],
      range: { from: slice.date, to: slice.date },
      sizeBytes: sizeOf(objects),
      knownAs: run.trigger === 'SCHEDULE' ? knownAs(objects, known.get(slice.date)) : null,
      takeUp: async () => [
        ...(await readBucket(feed, context, (bucket) =>
          takeUpObjects(feed, objects, { bucket, store }, write),
        )),
        ...(await read((em) => findCorrections(em, objects, known.get(slice.date)))),
      ],
    };
  });
  return { open, totalBytes: sizeOf([...found.values()].flat()) };
}

/** Trying again does not make a key fit. @throws {FinalJobError} where the feed's own is not taken. */
async function readBucket<T>(
  feed: Feed,
  { store, cipher, read }: JobContext,
  use: (bucket: BucketReader) => Promise<T>,
): Promise<T> {
  try {
    return await withBucket(feed, { store, cipher, transact: read }, use);
  } catch (error) {
    const isOwn = error instanceof BucketRefused && feed.credentialId !== null;
    throw isOwn ? new FinalJobError(error.message, 'UPSTREAM_FAILED') : error;
  }
}

function isSame(objects: StoredObject[], applied: Set<string>): boolean {
  return (
    objects.length > 0 &&
    objects.length === applied.size &&
    objects.every((object) => applied.has(nameOf(object)))
  );
}

function nameOf({ key, etag }: StoredObject): string {
  return `${key} ${etag}`;
}

/** Why a schedule leaves objects alone: they are the day, or somebody decided against some and the others are it. */
function knownAs(objects: StoredObject[], known: KnownObjects | undefined): string | null {
  if (!known || objects.length === 0) return null;
  if (isSame(objects, known.applied)) return 'No new file since it was applied.';
  const names = objects.map(nameOf);
  const isDecided = names.every((name) => known.applied.has(name) || known.passedOver.has(name));
  return isDecided && names.some((name) => known.passedOver.has(name))
    ? 'No new file since somebody decided against the last one.'
    : null;
}

/** The corrected rejects of just these objects: the same files again do not undo them. */
async function findCorrections(
  em: EntityManager,
  objects: StoredObject[],
  known: KnownObjects | undefined,
): Promise<SourceObject[]> {
  if (!known || !isSame(objects, known.applied)) return [];
  return findInOrder(em, known.correctionIds);
}

async function findInOrder(em: EntityManager, ids: string[]): Promise<SourceObject[]> {
  const objects = await em.find(SourceObject, { id: { $in: ids } });
  return ids.flatMap((id) => objects.find((object) => object.id === id) ?? []);
}

/** The files that somebody chose: days of one upload, or that were held of one report, are loaded together. */
async function findChosen(loaded: LoadedRun, context: JobContext): Promise<Deliveries> {
  const { pending } = loaded;
  const groups = Map.groupBy(pending, ({ objectIds }) => objectIds.join());
  const open = await Promise.all(
    [...groups.values()].map(async (slices): Promise<Delivery> => {
      const ids = slices[0]?.objectIds ?? [];
      const objects = await context.read((em) => findInOrder(em, ids));
      return {
        slices,
        range: rangeOf(loaded, slices, objects),
        sizeBytes: sizeOf(objects),
        knownAs: null,
        takeUp: async () => {
          for (const object of objects) await archiveUpload(object, context);
          return objects;
        },
      };
    }),
  );
  return { open, totalBytes: open.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** The days that rows of chosen objects may be of: a bucket's are of one day, an upload's and a report's of many. */
function rangeOf(
  { run, feed }: LoadedRun,
  [{ date } = { date: '' }]: Pick<RunSlice, 'date'>[],
  objects: SourceObject[],
): DateRange {
  if (run.trigger === 'UPLOAD') return { from: run.fromDate, to: run.toDate };
  const own = objects.filter(({ isCorrection }) => !isCorrection);
  const isUpload = own.every(({ etag, sha256 }) => etag === sha256);
  return feed.origin === 'BUCKET' && !isUpload ? { from: date, to: date } : anyDay;
}

/** Of rows of other days it was decided when they came first. */
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
      return [{ slices, range, sizeBytes: object.sizeBytes, knownAs: null, takeUp }];
    });
    return { open, totalBytes: sizeOf(objects) };
  });
}

function sizeOf(objects: { sizeBytes: number }[]): number {
  return objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
