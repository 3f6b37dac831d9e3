import { badInput } from '../../domain/errors.ts';
import { dayText, numberText } from './cell-text.ts';
import { parseXml } from './parse-xml.ts';
import type { TableRow } from './table.ts';
import type { Workbook } from './workbook.ts';

const mostColumns = 1000;
/** As many as any spreadsheet has. */
const mostRows = 1_048_576;
/** Twice what any spreadsheet keeps, its formula among it. */
const longestCell = 100_000;

interface Cell {
  column: number;
  type: string;
  style: number;
  /** Undefined where the cell has none, not even an empty one. */
  value: string | undefined;
  formula: string;
}

/**
 * The rows of one sheet, in batches; what a formula came to when the file was saved is its value.
 *
 * Source: ECMA-376, part 1, 18.3.
 * @param isDay of a column, by its header: the first row that is not blank.
 * @throws {DomainError} BAD_USER_INPUT when it is damaged, or wider than any report.
 */
export async function* sheetRows(
  bytes: AsyncIterable<Buffer>,
  workbook: Workbook,
  isDay: (header: string) => boolean,
): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = [];
  let dayColumns: boolean[] | undefined;
  let line = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let within: 'value' | 'formula' | undefined;
  let isSpoken = false;

  const pieces = parseXml(bytes, {
    open(name, attributes) {
      if (name === 'c') {
        const column = attributes.r ? columnOf(attributes.r) : cells.length;
        if (column >= mostColumns) throw badInput(`The sheet has over ${mostColumns} columns.`);
        const { t: type = 'n', s: style = '0' } = attributes;
        cell = { column, type, style: Number(style), value: undefined, formula: '' };
      } else if (name === 'v' || name === 't') {
        if (isSpoken || !cell) return;
        within = 'value';
        cell.value ??= '';
      } else if (name === 'f') within = 'formula';
      else if (name === 'rPh') isSpoken = true;
      else if (name === 'row') {
        line = attributes.r ? Number(attributes.r) : line + 1;
        if (!(Number.isInteger(line) && line > 0 && line <= mostRows)) {
          throw badInput(`The sheet has a row that is not one of ${mostRows}.`);
        }
        cells = [];
      }
    },
    text(text) {
      if (!cell || !within) return;
      if (within === 'value') cell.value += text;
      else cell.formula += text;
      if (cell.formula.length + (cell.value?.length ?? 0) > longestCell) {
        throw badInput(`A cell in row ${line} has over ${longestCell} characters.`);
      }
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') within = undefined;
      else if (name === 'rPh') isSpoken = false;
      else if (name === 'c' && cell) {
        while (cells.length < cell.column) cells.push('');
        cells[cell.column] = textOf(cell, workbook, dayColumns?.[cell.column] ?? false);
        cell = undefined;
      } else if (name === 'row' && cells.some((each) => each.trim())) {
        dayColumns ??= cells.map(isDay);
        rows.push({ line, cells });
      }
    },
  });
  for await (const _ of pieces) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
}

/** The column of an address, from 0: that of `AB12` is 27. */
function columnOf(address: string): number {
  let column = 0;
  for (let index = 0; index < address.length; index++) {
    const letter = address.charCodeAt(index) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

function textOf({ type, value, formula, style }: Cell, workbook: Workbook, isDay: boolean): string {
  if (value === undefined) return formula && `=${formula}`;
  if (type === 's') return workbook.texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return value;
  const day = isDay || workbook.isDayStyle[style] ? dayText(value, workbook.isFrom1904) : undefined;
  return day ?? numberText(value);
}
