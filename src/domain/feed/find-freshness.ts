import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { behindAfterHours } from '../health/limits.ts';

/** How fresh the data of a feed is. */
export interface Freshness {
  feedId: string;
  /** The last day with data; null without any. */
  dataThrough: LocalDate | null;
  /** When the data of that day was written. */
  loadedAt: Date | null;
  /** Whether its schedule is paused: nothing more is waited for. */
  isPaused: boolean;
  /** Whether a day is overdue. */
  isBehind: boolean;
}

/**
 * How fresh the data of each of many feeds is, by feed.
 *
 * A feed that is uploaded to, or paused, or of a client that is not active is not behind.
 */
export async function findFreshness(
  em: EntityManager,
  feedIds: readonly string[],
): Promise<Map<string, Freshness>> {
  const rows = await em.execute<Record<string, string | null>[]>(
    `select f.id, newest.date, newest.updated_at,
       coalesce(l.lag > ? * interval '1 hour', false) as is_behind,
       exists (select from schedules p where p.feed_id = f.id and not p.enabled) as is_paused
     from feeds f
     left join feed_lags l on l.feed_id = f.id
     left join lateral (
       select date, updated_at from slices where feed_id = f.id and version > 0
       order by date desc limit 1
     ) newest on true
     where f.id = any (?::uuid[])`,
    [behindAfterHours, arrayLiteral(feedIds)],
  );
  return new Map(
    rows.map(({ id, date, updated_at: loadedAt, is_behind: isBehind, is_paused: isPaused }) => [
      String(id),
      {
        feedId: String(id),
        dataThrough: date ?? null,
        loadedAt: loadedAt ? new Date(loadedAt) : null,
        isPaused: Boolean(isPaused),
        isBehind: Boolean(isBehind),
      },
    ]),
  );
}
