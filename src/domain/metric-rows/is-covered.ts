import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { DateRange } from '../calendar.ts';
import type { MetricFilters } from './metric-query.ts';

/**
 * Whether every feed that a query asks about has data for every day of a range, from the feed's own first day on
 * and, of clients that are not active any more, up to its last; false where data begin after the range does.
 */
export async function isCovered(
  em: EntityManager,
  { clientIds, feedIds, sources, campaignIds }: MetricFilters,
  { from, to }: DateRange,
): Promise<boolean> {
  const list = (ids: readonly string[] | null | undefined) => (ids ? arrayLiteral(ids) : null);
  const [row] = await em.execute<{ isCovered: boolean }[]>(
    `select coalesce(min(first.date) <= ?::date and sum(days.loaded) > 0
         and bool_and(days.loaded >= days.expected), false) as "isCovered"
     from feeds f
     join clients c on c.id = f.client_id
     join lateral (
       select date from slices where feed_id = f.id and version > 0 order by date limit 1
     ) first on first.date <= ?::date
     cross join lateral (
       select date from slices where feed_id = f.id and version > 0 order by date desc limit 1
     ) newest
     cross join lateral (
       select count(*) as loaded, case when c.status = 'ACTIVE' then ?::date else least(?::date, newest.date) end
         - greatest(?::date, first.date) + 1 as expected
       from slices s
       where s.feed_id = f.id and s.version > 0 and s.status <> 'ARCHIVED' and s.date between ?::date and ?::date
     ) days
     where (?::uuid[] is null or f.client_id = any (?::uuid[]))
       and (?::uuid[] is null or f.id = any (?::uuid[]))
       and (?::uuid[] is null or (f.client_id, f.source) in (
         select client_id, source from campaigns where id = any (?::uuid[])
       ))
       and (?::jsonb is null or f.source in (select upper(value) from jsonb_array_elements_text(?::jsonb)))`,
    [
      ...[from, to, to, to, from, from, to],
      ...[list(clientIds), list(clientIds), list(feedIds), list(feedIds)],
      ...[list(campaignIds), list(campaignIds)],
      ...Array<string | null>(2).fill(sources ? JSON.stringify(sources) : null),
    ],
  );
  return row?.isCovered ?? false;
}
