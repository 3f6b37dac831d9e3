import { Readable } from 'node:stream';
import { byteOrderMark } from '../../domain/csv-cell.ts';
import { globalIdSql } from '../../domain/global-id.ts';
import { buildQuery } from '../../domain/metric-rows/build-query.ts';
import { copyRows } from '../../domain/metric-rows/copy-rows.ts';
import { orderRows } from '../../domain/metric-rows/order-rows.ts';
import type { WantedRows } from '../../domain/metrics-export/open-export.ts';
import { readPage } from '../../domain/paging.ts';
import type { Reading } from '../../domain/reading.ts';
import type { MakeFile } from './made-file.ts';
import { createLineEnder } from './to-crlf.ts';

/** Make CSV (RFC 4180) as PostgreSQL writes it: of however many rows only what is under way is in memory. */
export const makeCsv: MakeFile = async (reading, { wanted }, onRows) => {
  let rowCount = 0;
  const pieces = writeCsv(reading, wanted, (count) => {
    rowCount = count;
    onRows(count);
  });
  return {
    extension: 'csv',
    contentType: 'text/csv; charset=utf-8',
    content: Readable.from(pieces, { objectMode: false }),
    isRead: false,
    rowCount: () => rowCount,
  };
};

async function* writeCsv(
  reading: Reading,
  { query, options }: WantedRows['wanted'],
  onRows: (count: number) => void,
): AsyncGenerator<string | Buffer> {
  const built = buildQuery(query, globalIdSql);
  const page = readPage({}, orderRows(query, built.columns, query.order));
  // Facts that are told apart each are cheaper sorted than hashed.
  if (built.isByFact) await reading.em.execute('set local enable_hashagg = off');
  const header = `${built.columns.map(({ key }) => key).join(',')}\r\n`;
  yield options.byteOrderMark ? byteOrderMark + header : header;
  const ender = createLineEnder();
  for await (const piece of await copyRows(reading, built, { ...page, first: null })) {
    yield ender.next(piece);
    onRows(ender.lines);
  }
}
