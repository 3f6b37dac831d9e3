import { levels } from '../media/levels.ts';
import type { MetricGroup } from './facts-of.ts';
import { reportedBy, sumColumns } from './totals.ts';

/**
 * SQL of the facts of many nodes over a range, summed for each node `id` and, where one is asked for, `period`;
 * rows that report other facts stay apart.
 *
 * Roll-ups have them for every level but the creatives'. Among them are rows of what was merged into one of
 * the nodes: they count towards that one too, `into_id`.
 * Parameters: $1 ids, $2 first day, $3 last day.
 *
 * @param period SQL of the period of a row `f`.
 */
export function sumsByNode(group: MetricGroup, period?: string): string {
  const table = group === 'creative' ? 'daily_metrics' : 'daily_rollups';
  const column = group === 'creative' ? 'f.creative_id' : 'f.entity_id';
  const level = levels.find(({ name }) => name === group);
  const keys = [`${column} as id`, ...(period ? [`${period} as period`] : [])];
  const sums = (ids: string) => `
    select ${keys.join(', ')}, ${sumColumns}
    from ${table} f
    where ${column} = any (${ids}) and f.date between $2::date and $3::date
    group by ${column}, ${period ? 'period, ' : ''}${reportedBy(table)}`;
  if (!level) return `select s.*, null as into_id from (${sums('$1::uuid[]')}) s`;
  // One search of the index for all: joined to the nodes, each would be searched for on its own.
  return `
    with merged as materialized (
      select id, canonical_id from ${level.table} where canonical_id = any ($1::uuid[])
    )
    select s.*, m.canonical_id as into_id
    from (${sums('$1::uuid[] || array(select id from merged)')}) s
    left join merged m on m.id = s.id`;
}
