import { factsAt, type NodeLevel, tableOf } from '../media/levels.ts';
import { reportedBy } from './totals.ts';

/**
 * SQL of the facts of many nodes over a range: rows `f`, each beside the node `e (id)` that it counts towards,
 * and of which facts each reports.
 *
 * Roll-ups have them for every level but the creatives'. What was merged into another counts towards that one.
 * Parameters: ids, first day, last day.
 */
export function factsOf(level: NodeLevel): { sql: string; reported: string } {
  const { table, column } = factsAt(level);
  const merged = `
    cross join lateral (
      select e.id union all select m.id from ${tableOf(level)} m where m.canonical_id = e.id
    ) own`;
  return {
    sql: `unnest(?::uuid[]) as e (id) ${level === 'client' ? '' : merged}
      join ${table} f on f.${column} = ${level === 'client' ? 'e' : 'own'}.id and f.date between ?::date and ?::date`,
    reported: reportedBy(table),
  };
}
