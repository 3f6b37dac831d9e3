import type { EntityManager } from '@mikro-orm/postgresql';
import { eachDay } from '../calendar.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { found } from '../errors.ts';
import { Feed } from './feed.entity.ts';
import { findObjects, inBucket } from './find-objects.ts';
import { lookback } from './lookback.ts';
import type { ObjectStore } from './object-store.ts';
import { withBucket } from './with-bucket.ts';

/** What a feed's settings find at this moment. */
export interface FeedTest {
  /** Days of the look-back that have an object. */
  foundDates: string[];
  /** Days of the look-back that have none. */
  missingDates: string[];
  /** Keys of the objects found, the newest day first, at most 20. */
  keys: string[];
}

/**
 * List what a feed would take up now: its look-back up to yesterday. Nothing is fetched, and nothing
 * changed but what is known of its credential.
 *
 * @param transact works in a transaction that is over before the bucket is asked, and in another after.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (it has reports, not files); UPSTREAM_FAILED when the bucket does not answer.
 */
export async function testFeed(
  transact: <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>,
  id: string,
  { store, cipher }: { store: ObjectStore; cipher: Pick<FieldCipher, 'decrypt'> },
): Promise<FeedTest> {
  const feed = inBucket(found(await transact((em) => em.findOne(Feed, id)), 'feed'));
  const range = lookback(feed);
  const byDate = await withBucket(feed, { store, cipher, transact }, (bucket) =>
    findObjects(feed, range, bucket),
  );
  const dates = eachDay(range);
  return {
    foundDates: dates.filter((date) => byDate.has(date)),
    missingDates: dates.filter((date) => !byDate.has(date)),
    keys: dates
      .reverse()
      .flatMap((date) => (byDate.get(date) ?? []).map((object) => object.key))
      .slice(0, 20),
  };
}
