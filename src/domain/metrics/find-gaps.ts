import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { DateRange, LocalDate } from '../calendar.ts';

/** Why a day has no data: what its last run came to, nothing tried yet, or before the feed's first day. */
export const gapStatuses = ['MISSING', 'HELD', 'FAILED', 'PENDING', 'BEFORE_FIRST_DATA'] as const;

/** A day of a feed without data. */
export interface Gap {
  feedId: string;
  feedName: string;
  date: LocalDate;
  status: (typeof gapStatuses)[number];
  reason: string | null;
}

/** The days of a range on which feeds have no data, by feed, in order. */
export async function findGaps(
  em: EntityManager,
  feedIds: readonly string[],
  range: DateRange,
): Promise<Map<string, Gap[]>> {
  const gaps = await em.execute<Gap[]>(
    `select f.id as "feedId", f.name as "feedName", day::date as date, s.reason,
       case when s.status in ('HELD', 'FAILED', 'MISSING') and s.run_slice_id is not null then s.status
         when day < first.date or first.date is null and s.feed_id is null then 'BEFORE_FIRST_DATA'
         else 'PENDING' end as status
     from feeds f
     left join lateral (
       select date from slices where feed_id = f.id and version > 0 order by date limit 1
     ) first on true
     cross join generate_series(?::timestamp, ?::timestamp, interval '1 day') day
     left join slices s on s.feed_id = f.id and s.date = day::date
     where f.id = any (?::uuid[]) and coalesce(s.version, 0) = 0
     order by day`,
    [range.from, range.to, arrayLiteral(feedIds)],
  );
  const byFeed = new Map<string, Gap[]>(feedIds.map((id) => [id, []]));
  for (const gap of gaps) byFeed.get(gap.feedId)?.push(gap);
  return byFeed;
}
