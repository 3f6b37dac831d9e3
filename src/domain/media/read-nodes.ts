import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { readRows } from '../read-rows.ts';
import { type NodeLevel, tableOf } from './levels.ts';
import { type NodeOf, nodeEntities } from './node-entities.ts';

/** Makes nodes of rows, for showing: ten times as fast as entities that are watched for changes. */
export function nodeReader<L extends NodeLevel>(
  em: EntityManager,
  level: L,
): (row: object) => NodeOf<L> {
  const meta = em.getMetadata().get<object>(nodeEntities[level]);
  return (row) => em.getDriver().mapResult(row, meta) as NodeOf<L>;
}

/** The nodes of a level with some ids, in no order, those that are not there or not the tenant's left out. */
export async function readNodes<L extends NodeLevel>(
  em: EntityManager,
  level: L,
  ids: readonly string[],
): Promise<NodeOf<L>[]> {
  const sql = `select * from ${tableOf(level)} where id = any ($1::uuid[])`;
  const rows = await readRows(em, sql, [arrayLiteral(ids)]);
  // Of anything that has an id, the class tells what it is.
  const { prototype } = nodeEntities[level];
  return rows.map(nodeReader(em, level)).map((node) => Object.setPrototypeOf(node, prototype));
}
