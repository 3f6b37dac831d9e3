import type { Readable } from 'node:stream';
import { badInput } from '../../domain/errors.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { TableOptions, TableRow } from './table.ts';

/**
 * Read a table as a stream, in batches: CSV or XLSX, told apart by what is in the file and never by its name.
 *
 * Blank rows are passed over; nothing is made of the cells, so that the rules see what the file says. The file
 * is closed when its rows are left.
 *
 * @throws {DomainError} BAD_USER_INPUT when the file is no table that can be read: what it is, with the cure.
 */
export async function* readTable(
  file: Readable,
  options: TableOptions,
): AsyncGenerator<TableRow[]> {
  try {
    const { start, bytes } = await peek(file);
    const [, refused] = refusals.find(([magic]) => start.startsWith(magic)) ?? [];
    if (refused) throw badInput(`This is ${refused}`);
    yield* start === zip ? readXlsx(bytes, options) : readCsv(bytes);
  } finally {
    file.destroy();
  }
}

/** What files begin with, in hexadecimal. */
const zip = '504b0304';
const table = 'save the table as CSV or XLSX.';
const refusals = [
  // Encrypted workbooks are wrapped in what old ones are.
  ['d0cf11e0', 'an old Excel file (.xls), or one with a password: save it as XLSX without one.'],
  ['25504446', `a PDF document: ${table}`],
  ['89504e47', `a picture: ${table}`],
  ['ffd8ff', `a picture: ${table}`],
  ['1f8b', 'a gzip archive: unpack it first.'],
] as const;

/** The first four bytes in hexadecimal, however they arrive, and all of them. */
async function peek(file: Readable): Promise<{ start: string; bytes: AsyncIterable<Buffer> }> {
  const chunks: AsyncIterator<Buffer> = file[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  async function* all() {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { start: head.toString('hex', 0, 4), bytes: all() };
}
