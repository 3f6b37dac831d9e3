import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { DateRange } from '../calendar.ts';
import type { MetricFilters } from './metric-query.ts';

/**
 * Whether every feed of the active clients that a query asks about has data for every day of a range, from
 * the feed's own first day on; false where none has any.
 */
export async function isCovered(
  em: EntityManager,
  { clientIds, feedIds, sources }: MetricFilters,
  { from, to }: DateRange,
): Promise<boolean> {
  const list = (ids: readonly string[] | null | undefined) => (ids ? arrayLiteral(ids) : null);
  const [row] = await em.execute<{ isCovered: boolean }[]>(
    `select coalesce(sum(days.loaded), 0) > 0 and bool_and(days.loaded >= days.expected) as "isCovered"
     from feeds f
     join clients c on c.id = f.client_id and c.status = 'ACTIVE'
     join lateral (
       select date from slices where feed_id = f.id and version > 0 order by date limit 1
     ) first on first.date <= ?::date
     cross join lateral (
       select count(*) as loaded, ?::date - greatest(?::date, first.date) + 1 as expected
       from slices s where s.feed_id = f.id and s.version > 0 and s.date between ?::date and ?::date
     ) days
     where (?::uuid[] is null or f.client_id = any (?::uuid[]))
       and (?::uuid[] is null or f.id = any (?::uuid[]))
       and (?::jsonb is null or f.source in (select jsonb_array_elements_text(?::jsonb)))`,
    [
      ...[to, to, from, from, to],
      ...[list(clientIds), list(clientIds), list(feedIds), list(feedIds)],
      ...Array<string | null>(2).fill(sources ? JSON.stringify(sources) : null),
    ],
  );
  return row?.isCovered ?? false;
}
