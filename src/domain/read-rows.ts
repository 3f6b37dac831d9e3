import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';

/**
 * Read with a statement that is prepared once per connection, for what is asked all the time: the ORM writes
 * values into the text of its statements, which are parsed and planned each time.
 *
 * @param em within a transaction.
 * @param sql with `$1`, `$2`, ... for the parameters; their types must be told where they do not follow.
 */
export async function readRows<Row extends object>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const transaction = em.getTransactionContext<Kysely<unknown>>();
  if (!transaction) throw new Error('Nothing is read outside of a transaction');
  const { rows } = await transaction.executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return rows as Row[];
}
