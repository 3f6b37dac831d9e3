import type { CellValue } from 'exceljs';
import { dayNumber, type LocalDate } from '../../domain/calendar.ts';
import type { Column } from '../../domain/metric-rows/columns.ts';

/** Days from spreadsheets' day 0 to 1970. */
const epoch = 25_569;

/** What XML has no way to write: a workbook that has it is taken for broken. */
const unwritable = /[\ufffe\uffff]/g;

/** A cell as spreadsheets have it: days and numbers as numbers, but what they could not hold exactly enough as text. */
export function toCell({ type }: Column, value: string | null | undefined): CellValue {
  if (value === null || value === undefined) return null;
  if (type === 'TEXT' || type === 'ID') return value.toWellFormed().replace(unwritable, '\ufffd');
  if (type === 'DATE') return toSerial(value);
  const number = Number(value);
  return type === 'INTEGER' && !Number.isSafeInteger(number) ? value : number;
}

function toSerial(date: LocalDate): number {
  return dayNumber(date) + epoch;
}

const formats = {
  COUNT: '#,##0',
  FRACTION: '0.000%',
  MULTIPLE: '0.000"x"',
} as const;

/**
 * How a column shows its numbers: 2 decimals for currency, 3 for rates. Source: domain, formulas.
 *
 * @param currency of all amounts; null where rows differ, and the column beside tells.
 */
export function numberFormat({ type, unit }: Column, currency: string | null): string {
  if (type === 'DATE') return 'yyyy-mm-dd';
  if (unit === null) return '@';
  if (unit === 'CURRENCY') return currency ? `[$${currency}] #,##0.00` : '#,##0.00';
  return unit === 'COUNT' && type !== 'INTEGER' ? '#,##0.00' : formats[unit];
}

/** Characters wide, by what is in it. */
export function widthOf({ type, unit }: Column): number {
  if (type === 'DATE') return 12;
  if (unit !== null) return 16;
  return type === 'ID' ? 20 : 36;
}
