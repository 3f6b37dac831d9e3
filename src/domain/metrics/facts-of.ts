import { levels, type MediaLevel } from '../media/levels.ts';

/** What metrics can be summed by: a client, or a level of the hierarchy. */
export type MetricGroup = 'client' | MediaLevel;

/**
 * SQL of the facts of many nodes over a range: rows `f`, each beside the node `e (id)` that it counts towards.
 *
 * Roll-ups have them for every level but the creatives'. What was merged into another counts towards that one.
 * Parameters: ids, first day, last day.
 */
export function factsOf(group: MetricGroup): string {
  const wanted = 'unnest(?::uuid[]) as e (id)';
  const isDay = 'f.date between ?::date and ?::date';
  const level = levels.find(({ name }) => name === group);
  if (!level) return `${wanted} join daily_rollups f on f.entity_id = e.id and ${isDay}`;
  const [table, column] =
    group === 'creative' ? ['daily_metrics', 'creative_id'] : ['daily_rollups', 'entity_id'];
  return `${wanted}
    cross join lateral (
      select e.id union all select m.id from ${level.table} m where m.canonical_id = e.id
    ) own
    join ${table} f on f.${column} = own.id and ${isDay}`;
}
