import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { MonthInArchive } from '../metrics/months-in-archive.ts';
import { canBeArchived } from '../metrics/old-months.ts';
import { summedMonthsOf } from './build-query.ts';
import { findFeeds } from './find-feeds.ts';
import type { MetricQuery } from './metric-query.ts';

/**
 * The months of which days that a query asks about are archived, in order, and whether its rows count them by their sums.
 * Young ranges are answered without a look.
 */
export async function findArchivedMonths(
  em: EntityManager,
  query: MetricQuery,
): Promise<MonthInArchive[]> {
  const { from, to } = query.range;
  if (!canBeArchived(from)) return [];
  const summed = summedMonthsOf(query);
  const months = await em.execute<{ month: string; isKept: boolean }[]>(
    `select to_char(s.month, 'YYYY-MM-DD') as month, bool_and(exists (
       select from monthly_rollups m where m.entity_id = s.client_id and m.date = s.month
     )) as "isKept"
     from (
       select distinct client_id, date_trunc('month', date::timestamp)::date as month from slices
       where feed_id = any (?::uuid[]) and date between ?::date and ?::date and status = 'ARCHIVED'
     ) s
     group by s.month order by s.month`,
    [arrayLiteral(await findFeeds(em, query.filters)), from, to],
  );
  return months.map(({ month, isKept }) => ({
    month,
    isCounted: isKept && summed !== null && month >= summed.from && month <= summed.to,
  }));
}
