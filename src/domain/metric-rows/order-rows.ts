import { badInput } from '../errors.ts';
import type { Ordering, SortKey } from '../paging.ts';
import { type Column, ownId } from './columns.ts';
import { dimensions } from './dimensions.ts';
import type { MetricQuery } from './metric-query.ts';

/** A row as the database gives it: text, or decimals as text. */
export type Row = Record<string, string | null>;

/** What metric rows are ordered by: one of their columns, upwards or downwards; what is undefined is last. */
export interface RowOrder {
  key: string;
  isDescending: boolean;
}

/**
 * How the rows `r` of a metric query are ordered: by what is asked for, then by the columns of the dimensions,
 * names before ids.
 *
 * @throws {DomainError} BAD_USER_INPUT for an order by what is no column.
 */
export function orderRows(
  query: MetricQuery,
  columns: readonly Column[],
  order: RowOrder | null,
): Ordering<Row> {
  const first = order && columns.find(({ key }) => key === order.key);
  if (order && !first) {
    const keys = columns.map(({ key }) => key).join(', ');
    throw badInput(`${order.key.slice(0, 80)} is no column: order by one of ${keys}.`, 'orderBy');
  }
  const isDescending = order?.isDescending ?? false;
  const groups = columns.filter(({ unit }) => unit === null);
  const names = groups.filter(({ type }) => type !== 'ID');
  const ids = groups.filter(({ type }) => type === 'ID');
  // A total has no dimensions; it is one row, in whatever order.
  const ordered = [
    ...new Set([...(first ? [first] : []), ...names, ...ids, ...columns.slice(0, 1)]),
  ];
  return {
    name: ['rows', ...query.dimensions, ...query.metrics, order?.key, isDescending].join(' '),
    isDescending,
    keys: ordered.flatMap((column) => keysOf(column, isDescending)),
  };
}

/** Keys are never null and all go the same way: whether there is a value comes before the value. */
function keysOf(column: Column, isDescending: boolean): SortKey<Row>[] {
  const { type } = column;
  // One order of ids is as good as another; rows are grouped by this one already.
  const key = type === 'ID' ? ownId(column.key) : column.key;
  const cell = `r."${key}"`;
  const sortType = sortTypes[type];
  const value = (empty: string) => (row: Row) => row[key] ?? empty;
  if (isAlwaysThere(column)) return [{ sql: cell, type: sortType, valueOf: value('') }];
  const [empty, emptySql] = sortType === 'decimal' ? ['0', '0'] : ['', "''"];
  return [
    {
      sql: `${cell} is ${isDescending ? 'not null' : 'null'}`,
      type: 'boolean',
      valueOf: (row) => String((row[key] === null) !== isDescending),
    },
    { sql: `coalesce(${cell}, ${emptySql})`, type: sortType, valueOf: value(empty) },
  ];
}

const sortTypes: Record<Column['type'], 'date' | 'text' | 'uuid' | 'decimal'> = {
  ...{ DATE: 'date', TEXT: 'text', ID: 'uuid' },
  ...{ INTEGER: 'decimal', DECIMAL: 'decimal', FLOAT: 'decimal' },
};

/** A metric can be undefined, and a campaign be without a label. */
function isAlwaysThere({ key, unit }: Column): boolean {
  return unit === null && key !== dimensions.label.columns[0]?.key;
}
