import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { MetricFilters } from './metric-query.ts';

/** The feeds that could deliver what is asked about. */
export async function findFeeds(
  em: EntityManager,
  { clientIds, feedIds, sources, campaignIds }: MetricFilters,
): Promise<string[]> {
  const list = (ids: readonly string[] | null | undefined) => (ids ? arrayLiteral(ids) : null);
  const rows = await em.execute<{ id: string }[]>(
    `select id from feeds f
     where (?::uuid[] is null or client_id = any (?::uuid[]))
       and (?::uuid[] is null or id = any (?::uuid[]))
       and (?::uuid[] is null or (client_id, source) in (
         select client_id, source from campaigns where id = any (?::uuid[])
       ))
       and (?::jsonb is null or source in (select upper(value) from jsonb_array_elements_text(?::jsonb)))
     order by name, id`,
    [
      ...[list(clientIds), list(clientIds), list(feedIds), list(feedIds)],
      ...[list(campaignIds), list(campaignIds)],
      ...Array<string | null>(2).fill(sources ? JSON.stringify(sources) : null),
    ],
  );
  return rows.map(({ id }) => id);
}
