import { type FactTable, factsAt, type NodeLevel, tableOf } from '../media/levels.ts';
import { type FactColumn, reportedBy, sumOfFact } from './totals.ts';

interface Grouping {
  /** SQL of the nodes' ids. */
  ids: string;
  /** What is summed. */
  columns: readonly FactColumn[];
  /** SQL of the first day of the period of a row `f`, to sum each period of a node for itself. */
  period?: string | undefined;
  /** Whether rows that report other facts are summed for themselves. */
  isApart: boolean;
  /** Where they are summed from, where not from the level's own table; it has the columns of a roll-up. */
  from?: FactTable;
}

/**
 * SQL of the facts of many nodes over a range, summed for each node `id` and, where one is asked for, `period`, and
 * whether it `is_mixed` of rows that report other facts.
 *
 * Roll-ups have them for every level but the creatives'. Among them are rows of what was merged into one of
 * the nodes: they count towards that one too, `into_id`. Rows come in the order of the index, so that all of a
 * node are summed as they pass; kept apart, they are hashed, which takes twice as long.
 * Parameters: $1 ids, $2 first day, $3 last day.
 */
export function sumsByNode(level: NodeLevel, grouping: Grouping): string {
  const { ids, columns, period, isApart } = grouping;
  const { table: own, column } = factsAt(level);
  const table = grouping.from ?? own;
  const reported = reportedBy(table);
  const isMixed = `bit_or(${reported}) <> bit_and(${reported}) as is_mixed`;
  const periods = period ? [`${period}::text as period`] : [];
  const keys = [`f.${column}`, ...(period ? [period] : []), ...(isApart ? [reported] : [])];
  const sumsOf = (these: string) => `
    select ${[`f.${column} as id`, ...periods, ...columns.map(sumOfFact), isMixed].join(', ')}
    from ${table} f
    where f.${column} = any (${these}) and f.date between $2::date and $3::date
    group by ${keys.join(', ')}`;
  if (level === 'client') return `select s.*, null as into_id from (${sumsOf(ids)}) s`;
  // One search of the index for all: joined to the nodes, each would be searched for on its own.
  return `
    with merged as materialized (
      select id, canonical_id from ${tableOf(level)} where canonical_id = any (${ids})
    )
    select s.*, m.canonical_id as into_id
    from (${sumsOf(`${ids} || array(select id from merged)`)}) s
    left join merged m on m.id = s.id`;
}
