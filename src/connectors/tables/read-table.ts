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
    if (start.equals(zip)) yield* readXlsx(bytes, options);
    else if (start.equals(compoundFile)) {
      throw badInput(
        'This is an old Excel file (.xls), or one with a password: save it as XLSX without one.',
      );
    } else yield* readCsv(bytes);
  } finally {
    file.destroy();
  }
}

const zip = Buffer.from('PK\u0003\u0004');
/** Old Excel files are such, and encrypted new ones are wrapped in one. */
const compoundFile = Buffer.from('d0cf11e0', 'hex');

/** The first four bytes, however they arrive, and all of them. */
async function peek(file: Readable): Promise<{ start: Buffer; bytes: AsyncIterable<Buffer> }> {
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
  return { start: head.subarray(0, 4), bytes: all() };
}
