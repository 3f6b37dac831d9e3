import { type RawQueryFragment, raw } from '@mikro-orm/core';
import { factsAt, type NodeLevel, tableOf } from './levels.ts';

/**
 * SQL of the facts `f` of one node `e` and of what was merged into it: a table, and the condition that they are
 * the node's.
 */
export function ownFacts(level: NodeLevel): { table: string; isOwn: string } {
  const { table, column } = factsAt(level);
  const merged = `array(select m.id from ${tableOf(level)} m where m.canonical_id = e.id)`;
  const isOwn = level === 'client' ? 'f.entity_id = e.id' : `f.${column} = any (e.id || ${merged})`;
  return { table: `${table} f`, isOwn };
}

/**
 * SQL of whether a node `e`, or what was merged into it, has facts `f` that meet a condition.
 *
 * No `exists`, which the planner makes a join with all facts there are; this looks them up, node by node, and
 * what was merged only where the node itself has none.
 */
export function hasFacts(level: NodeLevel, condition: RawQueryFragment): RawQueryFragment {
  const { table, column } = factsAt(level);
  const own = `(select true from ${table} f where f.${column} = e.id and ? limit 1)`;
  if (level === 'client') return raw(`coalesce(${own}, false)`, [condition]);
  const merged = `(
    select true from ${tableOf(level)} m join ${table} f on f.${column} = m.id
    where m.canonical_id = e.id and ? limit 1
  )`;
  return raw(`coalesce(${own}, ${merged}, false)`, [condition, condition]);
}
