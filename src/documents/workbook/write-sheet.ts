import type { Worksheet } from 'exceljs';
import type { Column } from '../../domain/metric-rows/columns.ts';
import type { Row } from '../../domain/metric-rows/order-rows.ts';
import { numberFormat, toCell, widthOf } from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import { totalCells, totalFormula } from './total-row.ts';

/** A sheet of a workbook that rows are added to. */
export interface OpenSheet {
  add(row: Row): void;
  /** End it with its totals. @param isPart whether other files have rows of it as well, and whether this is the last. */
  close(isPart: false | 'MORE' | 'LAST'): void;
}

/** Begin a sheet: a frozen, bold line of labels, and columns with their formats; ids are there, but hidden. */
export function openSheet({ book }: OpenWorkbook, { name, columns, totals }: Sheet): OpenSheet {
  const currencies = totals.flatMap(({ currency }) => (currency ? [currency] : []));
  const currency = currencies.length === 1 ? (currencies[0] ?? null) : null;
  const sheet: Worksheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  // Styles are looked up by their object: were each cell to make its own, that would be most of the work.
  const styles = columns.map((column) => ({ numFmt: numberFormat(column, currency) }));
  sheet.columns = columns.map((column) => ({
    key: column.key,
    header: column.label,
    width: widthOf(column),
    hidden: column.type === 'ID',
  }));
  for (const [index, style] of styles.entries()) sheet.getColumn(index + 1).style = style;
  const heading = sheet.getRow(1);
  heading.font = { bold: true };
  heading.commit();
  const summed = columns.filter(({ isAdditive }) => isAdditive);
  /** By currency, where rows have one. */
  const sums = new Map<string | null, Map<string, number>>();
  let last = 1;

  const letterOf = (key: string) => sheet.getColumn(key).letter;
  const addTotal = (label: string, cells: Record<string, unknown>) => {
    const first = columns.find(({ type }) => type !== 'ID');
    const row = sheet.addRow({ ...(first && { [first.key]: label }), ...cells });
    row.font = { bold: true };
    row.commit();
  };
  const labelOf = (label: string, row: Row) =>
    currencies.length > 1 ? `${label} ${row.currency}` : label;
  const rowsOf = (row: Row) => ({
    ...{ last, letterOf },
    currency: currencies.length > 1 ? (row.currency ?? null) : null,
  });

  return {
    add(row) {
      last += 1;
      const cells = sheet.addRow(columns.map((column) => toCell(column, row[column.key])));
      for (const [index, style] of styles.entries()) cells.getCell(index + 1).style = style;
      cells.commit();
      const key = row.currency ?? null;
      const sum = sums.get(key) ?? new Map<string, number>();
      sums.set(key, sum);
      for (const { key: name } of summed) sum.set(name, (sum.get(name) ?? 0) + Number(row[name]));
    },
    close(isPart) {
      if (last > 1) sheet.autoFilter = `A1:${letterOf(columns.at(-1)?.key ?? '')}${last}`;
      for (const truth of totals) {
        if (isPart) addTotal(labelOf('Total of this file', truth), partOf(truth));
        if (isPart === 'MORE') continue;
        const cells = isPart
          ? wholeOf(truth)
          : totalCells(
              truth,
              columns,
              sums.get(truth.currency ?? null) ?? new Map(),
              rowsOf(truth),
            );
        addTotal(
          labelOf(isPart ? 'Total of all files' : 'Total', truth),
          Object.fromEntries(cells),
        );
      }
      sheet.commit();
    },
  };

  /** Sums of the file's own rows: of ratios only the whole is told. */
  function partOf(truth: Row): Record<string, unknown> {
    const sum = sums.get(truth.currency ?? null);
    const formulas = summed.map((column) => {
      const formula = totalFormula(column, columns, rowsOf(truth));
      return [column.key, { formula, result: sum?.get(column.key) ?? 0 }];
    });
    return Object.fromEntries(formulas);
  }

  function wholeOf(truth: Row) {
    const metrics = columns.filter(({ unit }: Column) => unit !== null);
    return metrics.map((column) => [column.key, toCell(column, truth[column.key])] as const);
  }
}
