import type { EntityManager } from '@mikro-orm/postgresql';
import { eachDay } from '../calendar.ts';
import { found } from '../errors.ts';
import { Feed } from './feed.entity.ts';
import { findObjects, inBucket } from './find-objects.ts';
import { lookback } from './lookback.ts';
import type { ObjectStore } from './object-store.ts';

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
 * List what a feed would take up now: its look-back up to yesterday. Nothing is fetched or changed.
 *
 * @param read reads in a transaction that is over before the bucket is asked.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (it has reports, not files); UPSTREAM_FAILED when the bucket does not answer.
 */
export async function testFeed(
  read: <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>,
  id: string,
  store: ObjectStore,
): Promise<FeedTest> {
  const feed = inBucket(found(await read((em) => em.findOne(Feed, id)), 'feed'));
  const range = lookback(feed);
  const byDate = await findObjects(feed, range, store);
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
