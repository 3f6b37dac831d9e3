import { badInput } from '../../domain/errors.ts';
import { type Archive, openArchive } from './archive.ts';
import { sheetRows } from './sheet-rows.ts';
import type { TableOptions, TableRow } from './table.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

/** A sheet of Excel's million rows and 20 wide columns. */
const mostOfSheet = 2_000_000_000;

/**
 * Read one sheet of an XLSX workbook as a stream, in batches: memory holds the texts that its cells share, and
 * a piece of the sheet.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is no workbook, is damaged, or unpacks to more than any report.
 * Source: docs/decisions/0013-reading-workbooks.md.
 */
export async function* readXlsx(
  bytes: AsyncIterable<Buffer>,
  options: TableOptions,
): AsyncGenerator<TableRow[]> {
  const archive = await openArchive(bytes);
  try {
    const workbook = await readWorkbook(archive);
    const path = await chooseSheet(archive, workbook, options);
    if (path) yield* rowsOf(archive, workbook, path, options);
  } finally {
    await archive.close();
  }
}

function rowsOf(archive: Archive, workbook: Workbook, path: string, { isDay }: TableOptions) {
  return sheetRows(archive.read(path, mostOfSheet), workbook, isDay);
}

/** @returns where the sheet is; undefined where all are empty. */
async function chooseSheet(
  archive: Archive,
  workbook: Workbook,
  options: TableOptions,
): Promise<string | undefined> {
  const { sheets } = workbook;
  if (options.sheet !== undefined) {
    const named = sheets.find(({ name }) => name === options.sheet);
    if (named) return named.path;
    const names = sheets.map(({ name }) => name).join(', ');
    throw badInput(`The workbook has no sheet "${options.sheet}". It has: ${names}.`);
  }
  let first: string | undefined;
  for (const { path } of sheets) {
    const header = await firstRow(rowsOf(archive, workbook, path, options));
    if (header && options.isHeader(header.cells)) return path;
    if (header) first ??= path;
  }
  return first;
}

async function firstRow(batches: AsyncIterable<TableRow[]>): Promise<TableRow | undefined> {
  for await (const [row] of batches) return row;
  return undefined;
}
