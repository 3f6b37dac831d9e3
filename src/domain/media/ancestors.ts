import { levels, type NodeLevel } from './levels.ts';

/**
 * SQL of what a node `e` belongs to, up to its campaign, where that meets a condition: `from ... where ...`, with
 * `placement`, `strategy` and `campaign` to put the condition on. A campaign is its own; a client has each of its own.
 *
 * They are those that the facts of `e` count towards: where one was merged, what it was merged into.
 */
export function ancestorsOf(level: NodeLevel, condition: string): string {
  const depth = levels.findIndex(({ name }) => name === level);
  if (depth <= 0) {
    const own = level === 'client' ? 'campaign.client_id = e.id' : 'campaign.id = e.id';
    return `from campaigns campaign where ${own} and (${condition})`;
  }
  const above = levels.slice(0, depth).reverse();
  const tables = above.flatMap(({ name, table }) => [`${table} own_${name}`, `${table} ${name}`]);
  const links = above.flatMap(({ name }, index) => {
    const below = index === 0 ? 'e' : `own_${above[index - 1]?.name}`;
    return [
      `own_${name}.id = ${below}.${name}_id`,
      // No `coalesce`: to row-level security it is not leakproof, and would be looked for without the index.
      `${name}.id = case when own_${name}.canonical_id is null then own_${name}.id else own_${name}.canonical_id end`,
    ];
  });
  return `from ${tables.join(', ')} where ${links.join(' and ')} and (${condition})`;
}
