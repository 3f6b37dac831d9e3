import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { MetricQuery } from './metric-query.ts';

/**
 * What the rows of a metric query were made from, as a text that is another one once any of it changes.
 *
 * Slices and names count their changes, and both are committed with what changed: their sums only grow, in
 * whatever order transactions commit, and a feed that is new adds its slices.
 */
export async function versionOfRows(
  em: EntityManager,
  { filters: { clientIds }, range }: Pick<MetricQuery, 'filters' | 'range'>,
): Promise<string> {
  const clients = clientIds?.length ? arrayLiteral(clientIds) : null;
  const [row] = await em.execute<{ facts: string; media: string }[]>(
    `with asked as materialized (
       select id, media_version from clients where ?::uuid[] is null or id = any (?::uuid[])
     )
     select
       (select coalesce(sum(s.version), 0) from asked join slices s on s.client_id = asked.id
        where s.date between ?::date and ?::date) as facts,
       (select coalesce(sum(media_version), 0) from asked) as media`,
    [clients, clients, range.from, range.to],
  );
  return `${row?.facts}-${row?.media}`;
}
