import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { levels, type MediaLevel } from './levels.ts';

/** The source that each of many nodes of a level comes from, by id. */
export async function findSources(
  em: EntityManager,
  level: MediaLevel,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const depth = levels.findIndex(({ name }) => name === level);
  const joins = levels
    .slice(0, depth)
    .reverse()
    .reduce(
      ({ sql, child }, { table, name }) => ({
        sql: `${sql} join ${table} on ${table}.id = ${child}.${name}_id`,
        child: table as string,
      }),
      { sql: '', child: levels[depth]?.table as string },
    ).sql;
  const table = levels[depth]?.table;
  const rows = await em.execute<{ id: string; source: string }[]>(
    `select ${table}.id, campaigns.source from ${table} ${joins} where ${table}.id = any (?::uuid[])`,
    [arrayLiteral(ids)],
  );
  return new Map(rows.map(({ id, source }) => [id, source]));
}
