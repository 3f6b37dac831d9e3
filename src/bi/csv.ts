import { byteOrderMark } from '../domain/csv-cell.ts';
import { copyRows } from '../domain/metric-rows/copy-rows.ts';
import type { Format } from './format.ts';

/** Comma-separated values as PostgreSQL writes them, under a line of the columns' keys. */
export const csv: Format = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  isCompressible: true,
  usualFirst: null,
  async open(reading, { question, built, page }) {
    const rows = await copyRows(reading, built, { ...page, first: question.first });
    const header = `${built.columns.map(({ key }) => key).join(',')}\n`;
    return {
      endCursor: null,
      body: withHeader(question.withMark ? byteOrderMark + header : header, rows),
    };
  },
};

/** Rows under a line that is there even where they are none; no sooner than the first of them. */
export async function* withHeader(header: string, rows: AsyncIterable<Uint8Array>) {
  let isBegun = false;
  for await (const chunk of rows) {
    if (!isBegun) yield header;
    isBegun = true;
    yield chunk;
  }
  if (!isBegun) yield header;
}
