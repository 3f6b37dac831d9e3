import type { DateRange, LocalDate } from '../calendar.ts';
import { badInput } from '../errors.ts';
import type { Feed } from './feed.entity.ts';
import { compileKeyPattern } from './key-pattern.ts';
import type { BucketReader, StoredObject } from './object-store.ts';

/** A feed whose files are in a bucket. */
export type BucketFeed = Pick<Feed, 'fileMode'> & { bucket: string; keyPattern: string };

/** @throws {DomainError} BAD_USER_INPUT for a feed that has no files in a bucket. */
export function inBucket<F extends Feed>(feed: F): F & BucketFeed {
  const { bucket, keyPattern } = feed;
  if (bucket === null || keyPattern === null) {
    throw badInput(
      feed.origin === 'UPLOAD'
        ? 'Its files are uploaded (createUpload): there is no bucket to look into.'
        : 'Its platform makes reports: test its credential (testPlatformCredential).',
    );
  }
  return feed as F & BucketFeed;
}

/**
 * What a feed has for each day of a range: the newest object (LATEST) or all of them, oldest first (PARTS).
 *
 * @returns no entry for a day without an object.
 * @throws {DomainError} UPSTREAM_FAILED when the bucket does not answer.
 */
export async function findObjects(
  feed: BucketFeed,
  range: DateRange,
  bucket: Pick<BucketReader, 'list'>,
): Promise<Map<LocalDate, StoredObject[]>> {
  const pattern = compileKeyPattern(feed.keyPattern);
  const byDate = new Map<LocalDate, StoredObject[]>();
  for await (const object of bucket.list(feed.bucket, pattern.prefixFor(range))) {
    const date = pattern.dateOf(object.key);
    if (date === undefined || date < range.from || date > range.to) continue;
    const others = byDate.get(date);
    if (!others) byDate.set(date, [object]);
    else if (feed.fileMode === 'PARTS') others.push(object);
    else if (others.every((other) => byAge(other, object) < 0)) byDate.set(date, [object]);
  }
  for (const objects of byDate.values()) objects.sort(byAge);
  return byDate;
}

/** Oldest first; objects of the same instant by key, so that the choice is always the same. */
function byAge(one: StoredObject, other: StoredObject): number {
  return (
    one.lastModified.getTime() - other.lastModified.getTime() || (one.key < other.key ? -1 : 1)
  );
}
