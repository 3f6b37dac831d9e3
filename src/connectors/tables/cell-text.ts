import { Decimal } from 'decimal.js';

/**
 * A spreadsheet's number as text: of the 15 digits that spreadsheets keep, so that what is stored as
 * 0.30000000000000004 reads 0.3. A longer one was rounded before it got here, and shows it: `1.20253E+17`.
 */
export function numberText(stored: string): string {
  if (stored.length <= 15 && /^-?[0-9]+(\.[0-9]+)?$/.test(stored)) return stored;
  const number = Number(stored);
  if (stored === '' || !Number.isFinite(number)) return stored;
  if (Math.abs(number) >= 1e15) return number.toExponential().toUpperCase();
  return new Decimal(stored).toSignificantDigits(15).toFixed();
}

const dayMs = 86_400_000;
/** The day before day 1; the system of 1900 takes that year for a leap year, so that it is one day off. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
const lastDay = 2_958_465;

/**
 * The day that a spreadsheet's number stands for, as `YYYY-MM-DD`, with its time where that is not midnight.
 *
 * @returns undefined for what is no day: before March 1900, whose days the two ways of counting disagree on, or
 *   after 9999.
 */
export function dayText(stored: string, isFrom1904: boolean): string | undefined {
  const serial = Number(stored);
  if (!(serial >= (isFrom1904 ? 1 : 61) && serial <= lastDay)) return undefined;
  const at = dayZero[isFrom1904 ? 1904 : 1900] + Math.round(serial * 86_400) * 1000;
  const text = new Date(at).toISOString();
  return at % dayMs === 0 ? text.slice(0, 10) : text.slice(0, 19);
}
