import type { Readable } from 'node:stream';
import { badInput } from '../domain/errors.ts';
import {
  type Column,
  type FoundColumns,
  findColumns,
  isDayHeader,
  isHeaderOf,
  pickFields,
} from './columns.ts';
import type { ReadOptions } from './connector.ts';
import { readTable } from './tables/read-table.ts';
import type { TableRow } from './tables/table.ts';

/** A row of a file with the fields that its connector looks for. */
export interface RowOf<Field extends string> extends TableRow {
  fields: Partial<Record<Field, string>>;
}

/**
 * Read the rows of a table by its columns, whatever kind of file it is in.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is no table, is empty, or lacks columns.
 */
export async function* readColumns<Field extends string>(
  file: Readable,
  columns: readonly Column<Field>[],
  options: ReadOptions = {},
): AsyncGenerator<RowOf<Field>[]> {
  const { sheet, onColumns } = options;
  let { mapping } = options;
  const mapFor = (header: string[]) => {
    mapping = options.mapping ?? options.mappingOf?.(header);
  };
  const batches = readTable(file, {
    sheet,
    isHeader: (row) => {
      mapFor(row);
      return isHeaderOf(row, columns, mapping);
    },
    isDay: (header) => isDayHeader(header, columns, mapping),
  });
  let found: FoundColumns<Field> | undefined;
  for await (const batch of batches) {
    const rows = found ? batch : batch.slice(1);
    if (!found) {
      mapFor(batch[0]?.cells ?? []);
      found = findColumns(batch[0]?.cells ?? [], columns, mapping);
      onColumns?.(found);
    }
    const { used } = found;
    yield rows.map(({ line, cells }) => ({ line, cells, fields: pickFields(cells, used) }));
  }
  if (!found) throw badInput('The file is empty: it has not even a header.');
}
