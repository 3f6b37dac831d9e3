import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { buildQuery, type IdSql, ofSameFacts } from './build-query.ts';
import type { Column } from './columns.ts';
import type { MetricQuery } from './metric-query.ts';
import { orderRows, type Row, type RowOrder } from './order-rows.ts';

/** The value of a cell: text, or a decimal as text. */
export type Cell = string | null;

/**
 * A page of the rows of a metric query, ordered by the columns of its dimensions where nothing else is said.
 *
 * @param idSql how ids are told.
 * @throws {DomainError} BAD_USER_INPUT for an order by what is no column, a page size or a cursor that cannot be used.
 */
export async function listMetricRows(
  em: EntityManager,
  query: MetricQuery,
  order: RowOrder | null,
  request: PageRequest,
  idSql: IdSql,
): Promise<{ columns: Column[]; page: Page<Cell[]> }> {
  const built = buildQuery(query, idSql);
  const { columns } = built;
  const page = readPage(request, orderRows(query, columns, order));
  const rows = await em.execute<Row[]>(
    raw(`select r.* from (?) r where ? order by ${page.orderBy} limit ?`, [
      raw(built.sql, built.parameters),
      page.between,
      page.limit,
    ]),
  );
  return { columns, page: page.toPage(rows, (row) => columns.map(({ key }) => row[key] ?? null)) };
}

/** The true totals of a metric query, one row for each currency: not the sum of its rows. Cells are by column. */
export async function totalRows(
  em: EntityManager,
  query: MetricQuery,
  columns: readonly Column[],
  idSql: IdSql,
): Promise<Cell[][]> {
  const rows = await readTotals(em, query, idSql);
  return rows.map((row) => columns.map(({ key }) => row[key] ?? null));
}

/** The same by key. */
export function readTotals(em: EntityManager, query: MetricQuery, idSql: IdSql): Promise<Row[]> {
  const { sql, parameters } = buildQuery(ofSameFacts(query, []), idSql);
  return em.execute<Row[]>(sql, parameters);
}
