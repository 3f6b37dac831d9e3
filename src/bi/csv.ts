import { raw } from '@mikro-orm/core';
import { formulaStarts } from '../domain/csv-cell.ts';
import type { Column } from '../domain/metric-rows/columns.ts';
import type { Format } from './format.ts';

const byteOrderMark = '\ufeff';

const formulaCodes = formulaStarts.map((character) => character.charCodeAt(0)).join(', ');

/**
 * Comma-separated values as PostgreSQL writes them, under a line of the columns' keys.
 *
 * An empty cell is null. A text that a spreadsheet would run as a formula begins with an apostrophe.
 */
export const csv: Format = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  isCompressible: true,
  usualFirst: null,
  async open({ em, copyOut }, { question, built, page }) {
    // One statement lasts as long as its reader takes. Under row-level security few rows are expected, and names
    // would be looked up one by one.
    await em.execute('set local statement_timeout = 0; set local enable_nestloop = off');
    const cells = built.columns.map(cellOf).join(', ');
    const limit = question.first === null ? '' : `limit ${question.first}`;
    const rows = copyOut(`select ${cells} from (?) r where ? order by ${page.orderBy} ${limit}`, [
      raw(built.sql, built.parameters),
      page.between,
    ]);
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

function cellOf({ key, type }: Column): string {
  const cell = `r."${key}"`;
  return type === 'TEXT' ? formulaSafe(cell) : cell;
}

/** SQL of a text that no spreadsheet takes for a formula. @param cell SQL of the text. */
export function formulaSafe(cell: string): string {
  return `case when ascii(${cell}) in (${formulaCodes}) then '''' || ${cell} else ${cell} end`;
}
