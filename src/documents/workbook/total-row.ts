import type { CellValue } from 'exceljs';
import type { Column } from '../../domain/metric-rows/columns.ts';
import type { Row } from '../../domain/metric-rows/order-rows.ts';
import { isRatio, type MetricKey, ratioMetrics } from '../../domain/metrics/registry.ts';
import { toCell } from './cells.ts';

/** The rows that totals are of: the numbers of a file's own rows, from the second on. */
export interface SummedRows {
  /** The last row. */
  last: number;
  /** What a sheet calls a column, such as `C`. */
  letterOf(key: string): string;
  /** Where only the rows of one currency count: that currency. */
  currency: string | null;
}

/** The formula of a column's total; null where the sheet does not have what it is made of. */
export function totalFormula(
  { key, isAdditive }: Column,
  columns: readonly Column[],
  { last, letterOf, currency }: SummedRows,
): string | null {
  const cells = (of: string) => `${letterOf(of)}2:${letterOf(of)}${last}`;
  const sumOf = (of: string) =>
    currency === null
      ? `SUM(${cells(of)})`
      : `SUMIF(${cells('currency')},"${currency}",${cells(of)})`;
  if (isAdditive) return sumOf(key);
  if (!isRatio(key as MetricKey)) return null;
  const { numerator, denominator, scale } = ratioMetrics[key as keyof typeof ratioMetrics];
  const isThere = [numerator, denominator].every((side) =>
    columns.some((column) => column.key === side),
  );
  const factor = scale === 1 ? '' : `*${scale}`;
  return isThere ? `IFERROR(${sumOf(numerator)}/${sumOf(denominator)}${factor},"")` : null;
}

/**
 * The cells of a total: formulas that come to the true total, and where one would not (some rows do not report one side
 * of a ratio, or a label has a campaign count twice) the total itself.
 *
 * @param sums of the rows, by key: what the formulas add up.
 */
export function totalCells(
  truth: Row,
  columns: readonly Column[],
  sums: ReadonlyMap<string, number>,
  rows: SummedRows,
): Map<string, CellValue> {
  const cells = new Map<string, CellValue>();
  for (const column of columns.filter(({ unit }) => unit !== null)) {
    const total = truth[column.key];
    if (total === null || total === undefined) continue;
    const formula = totalFormula(column, columns, rows);
    const result = Number(total);
    const isTrue = formula !== null && isClose(comesTo(column, sums), result);
    cells.set(column.key, isTrue ? { formula, result } : toCell(column, total));
  }
  return cells;
}

function comesTo({ key, isAdditive }: Column, sums: ReadonlyMap<string, number>): number {
  if (isAdditive) return sums.get(key) ?? 0;
  const { numerator, denominator, scale } = ratioMetrics[key as keyof typeof ratioMetrics];
  return ((sums.get(numerator) ?? 0) / (sums.get(denominator) ?? 0)) * scale;
}

/** Floating sums of many rows differ in their last digits. */
function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));
}
