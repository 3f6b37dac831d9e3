import { levels, type MediaLevel } from '../media/levels.ts';
import { reportedBy } from './totals.ts';

/** What metrics can be summed by: a client, or a level of the hierarchy. */
export type MetricGroup = 'client' | MediaLevel;

/**
 * SQL of the facts of many nodes over a range: rows `f`, each beside the node `e (id)` that it counts towards,
 * and of which facts each reports.
 *
 * Roll-ups have them for every level but the creatives'. What was merged into another counts towards that one.
 * Parameters: ids, first day, last day.
 */
export function factsOf(group: MetricGroup): { sql: string; reported: string } {
  const table = group === 'creative' ? 'daily_metrics' : 'daily_rollups';
  const column = group === 'creative' ? 'creative_id' : 'entity_id';
  const level = levels.find(({ name }) => name === group);
  const merged = `
    cross join lateral (
      select e.id union all select m.id from ${level?.table} m where m.canonical_id = e.id
    ) own`;
  return {
    sql: `unnest(?::uuid[]) as e (id) ${level ? merged : ''}
      join ${table} f on f.${column} = ${level ? 'own' : 'e'}.id and f.date between ?::date and ?::date`,
    reported: reportedBy(table),
  };
}
