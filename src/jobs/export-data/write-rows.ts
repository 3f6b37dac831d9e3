import { csvCell } from '../../domain/csv-cell.ts';
import type { ReadColumn, ReadRow } from '../../domain/data-protection/read-table.ts';

/** Rows as one JSON array, a line each. */
export async function* toJson(batches: AsyncIterable<ReadRow[]>): AsyncGenerator<string> {
  let isFirst = true;
  yield '[';
  for await (const rows of batches) {
    yield `${isFirst ? '' : ','}\n${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    isFirst = false;
  }
  yield '\n]\n';
}

/** Rows as CSV under a line of the columns' names. An empty cell is null, an empty text is `""`. */
export async function* toCsv(
  columns: readonly ReadColumn[],
  batches: AsyncIterable<ReadRow[]>,
): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\r\n`;
  for await (const rows of batches) {
    yield rows
      .map((row) => columns.map(({ name, isText }) => csvCell(row[name], isText)).join(','))
      .map((line) => `${line}\r\n`)
      .join('');
  }
}
