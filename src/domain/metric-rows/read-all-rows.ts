import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { globalIdSql } from '../global-id.ts';
import { readPage } from '../paging.ts';
import { buildQuery } from './build-query.ts';
import type { MetricQuery } from './metric-query.ts';
import { orderRows, type Row, type RowOrder } from './order-rows.ts';

const batchSize = 2_000;

/**
 * All rows of a metric query, in their order, some thousands at a time: by a cursor, so that any number of them takes no
 * more memory. One query is read at once.
 */
export async function* readAllRows(
  em: EntityManager,
  query: MetricQuery,
  order: RowOrder | null,
): AsyncGenerator<Row[]> {
  const built = buildQuery(query, globalIdSql);
  const { orderBy } = readPage({}, orderRows(query, built.columns, order));
  await em.execute(
    `set local statement_timeout = 0; set local cursor_tuple_fraction = 1;
     set local enable_nestloop = off; set local enable_hashagg = ${built.isByFact ? 'off' : 'on'}`,
  );
  const cells = built.columns.map(({ key }) => `r."${key}"`).join(', ');
  await em.execute(
    raw(`declare metric_rows cursor for select ${cells} from (?) r order by ${orderBy}`, [
      raw(built.sql, built.parameters),
    ]),
  );
  for (;;) {
    const rows = await em.execute<Row[]>(`fetch ${batchSize} from metric_rows`);
    if (rows.length === 0) break;
    yield rows;
  }
  await em.execute('close metric_rows');
}
