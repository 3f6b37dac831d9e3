import type { Readable } from 'node:stream';
import { type RawQueryFragment, raw } from '@mikro-orm/core';
import { formulaSafe } from '../csv-cell.ts';
import type { Reading } from '../reading.ts';
import type { BuiltQuery } from './build-query.ts';
import type { Column } from './columns.ts';

/** Which rows are copied, and in which order: SQL on the rows `r`. */
interface CopiedRows {
  between: RawQueryFragment;
  orderBy: string;
  /** Null for all of them. */
  first: number | null;
}

/**
 * Stream the rows of a metric query as CSV that PostgreSQL writes, without a header: an empty cell is null, and a text
 * that a spreadsheet would run as a formula begins with an apostrophe.
 */
export async function copyRows(
  { em, copyOut }: Reading,
  built: BuiltQuery,
  { between, orderBy, first }: CopiedRows,
): Promise<Readable> {
  // One statement lasts as long as its reader takes. Under row-level security few rows are expected, and names
  // would be looked up one by one.
  await em.execute('set local statement_timeout = 0; set local enable_nestloop = off');
  const cells = built.columns.map(cellOf).join(', ');
  const limit = first === null ? '' : `limit ${first}`;
  return copyOut(`select ${cells} from (?) r where ? order by ${orderBy} ${limit}`, [
    raw(built.sql, built.parameters),
    between,
  ]);
}

function cellOf({ key, type }: Column): string {
  const cell = `r."${key}"`;
  return type === 'TEXT' ? formulaSafe(cell) : cell;
}
