import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { readRows } from '../read-rows.ts';
import { type NodeLevel, tableOf } from './levels.ts';
import { type NodeOf, nodeEntities } from './node-entities.ts';

type RowReader = new (row: object) => object;

const readers = new Map<NodeLevel, RowReader>();

/**
 * Makes nodes of rows of their table, to be shown: what is not looked at is not converted, and nothing watches
 * them for changes. Entities cost some thirty times as much, which is most of what a long list costs.
 */
export function nodeReader<T>(em: EntityManager, level: NodeLevel): (row: object) => T {
  const Reader = readers.get(level) ?? createReader(em, level);
  readers.set(level, Reader);
  return (row) => new Reader(row) as T;
}

const sharedByAll = ['canonical_id', 'organization_id'];

/**
 * SQL of what is read of the nodes `e` of a list.
 *
 * @param withCreation whether media's time of creation is: a time costs a third of all the rest of a row.
 */
export function columnsOf(em: EntityManager, level: NodeLevel, withCreation: boolean): string {
  const leftOut = withCreation ? sharedByAll : [...sharedByAll, 'created_at'];
  const columns = em.getMetadata().get<object>(nodeEntities[level]).props;
  return columns
    .map(({ fieldNames: [column] }) => column)
    .filter((column) => level === 'client' || !leftOut.includes(String(column)))
    .map((column) => `e.${column}`)
    .join(', ');
}

/** The nodes of a level with some ids, in no order, those that are not there or not the tenant's left out. */
export async function readNodes<L extends NodeLevel>(
  em: EntityManager,
  level: L,
  ids: readonly string[],
): Promise<NodeOf<L>[]> {
  const sql = `select * from ${tableOf(level)} where id = any ($1::uuid[])`;
  const rows = await readRows(em, sql, [arrayLiteral(ids)]);
  return rows.map(nodeReader<NodeOf<L>>(em, level));
}

/** A class with the properties and the name of the level's entity, by which the graph tells types apart. */
function createReader(em: EntityManager, level: NodeLevel): RowReader {
  const entity = nodeEntities[level];
  class Reader {
    readonly row: object;
    constructor(row: object) {
      this.row = row;
    }
  }
  Object.defineProperty(Reader, 'name', { value: entity.name });
  for (const { name, fieldNames, runtimeType } of em.getMetadata().get<object>(entity).props) {
    const column = fieldNames[0] as keyof object;
    const readValue = function read(this: Reader) {
      return this.row[column];
    };
    const readDate = function read(this: Reader) {
      const text = this.row[column];
      return text && new Date(text);
    };
    const get = runtimeType === 'Date' ? readDate : readValue;
    Object.defineProperty(Reader.prototype, name, { get });
  }
  return Reader;
}
