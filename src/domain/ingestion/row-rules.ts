import { isLocalDate, type LocalDate } from '../calendar.ts';
import type { Severity } from '../identity/organization.entity.ts';

/** The columns of a media row, as text, as a connector found them; undefined where there is no cell. */
export type RawFields = Partial<Record<RawField, string>>;
export type RawField =
  | 'date'
  | 'campaign'
  | 'strategy'
  | 'placement'
  | 'creative'
  | 'impressions'
  | 'clicks'
  | 'conversions'
  | 'revenue'
  | 'ctr';

/** One row's names and facts, clean: numbers as plain decimal text, so that nothing is rounded. */
export interface MediaRow {
  campaign: string;
  strategy: string;
  placement: string;
  creative: string;
  impressions: string;
  clicks: string;
  conversions: string;
  revenue: string;
}

/** Comparisons between facts, whose severity is a matter of the source and the organization. */
export const comparisonRules = [
  'CLICKS_EXCEED_IMPRESSIONS',
  'CONVERSIONS_EXCEED_CLICKS',
  'CTR_DIFFERS',
] as const;
export type ComparisonRule = (typeof comparisonRules)[number];

type Rule =
  | ComparisonRule
  | 'REQUIRED'
  | 'NAME_TOO_LONG'
  | 'HAS_NUL'
  | 'NOT_A_NUMBER'
  | 'NEGATIVE'
  | 'TOO_LARGE'
  | 'TOO_MANY_DECIMALS'
  | 'NOT_A_DATE'
  | 'FUTURE_DATE'
  | 'OTHER_DATE';

/** One reason why a row was rejected. */
export interface RowProblem {
  rule: Rule;
  message: string;
}

export interface CheckedRow {
  row: MediaRow;
  /** Every error found; the row is good when there is none. */
  problems: RowProblem[];
  warnings: ComparisonRule[];
}

const names = ['campaign', 'strategy', 'placement', 'creative'] as const;
const longestName = 255;
/** Files round their CTR to four decimals at the least. */
const ctrTolerance = 0.000_51;

/**
 * Check one row against every rule, so that all that is wrong is said at once.
 *
 * @param day the day the file stands for; rows of other days are rejected.
 * @param latestDay the day it is now in the feed's time zone.
 * Source: docs/rules.md, ingestion 8.
 */
export function checkRow(
  fields: RawFields,
  day: LocalDate,
  latestDay: LocalDate,
  severities: Record<ComparisonRule, Severity>,
): CheckedRow {
  const problems: RowProblem[] = [];
  const warnings: ComparisonRule[] = [];
  const add = (rule: Rule, message: string) => problems.push({ rule, message });

  checkDate(fields.date, day, latestDay, add);
  const row = {} as MediaRow;
  for (const name of names) row[name] = checkName(name, fields[name], add);
  const numbers = {
    impressions: checkNumber('impressions', fields.impressions, 'REQUIRED', 0, add),
    clicks: checkNumber('clicks', fields.clicks, 'REQUIRED', 0, add),
    conversions: checkNumber('conversions', fields.conversions, 'BLANK_IS_ZERO', 9, add),
    revenue: checkNumber('revenue', fields.revenue, 'BLANK_IS_ZERO', 9, add),
  };
  Object.assign(row, numbers);

  const compare = (rule: ComparisonRule, message: string) =>
    severities[rule] === 'ERROR' ? add(rule, message) : warnings.push(rule);
  // A fact that is missing or no number is NaN here, and compares with nothing.
  const [impressions, clicks] = [Number(numbers.impressions), Number(numbers.clicks)];
  if (clicks > impressions) {
    compare('CLICKS_EXCEED_IMPRESSIONS', `clicks (${clicks}) exceed impressions (${impressions})`);
  }
  if (Number(numbers.conversions) > clicks) {
    compare(
      'CONVERSIONS_EXCEED_CLICKS',
      `conversions (${numbers.conversions}) exceed clicks (${clicks})`,
    );
  }
  const ctr = fields.ctr?.trim();
  if (ctr && impressions > 0 && clicks >= 0 && ctrDiffers(ctr, clicks / impressions)) {
    compare('CTR_DIFFERS', `CTR ${clip(ctr)} is not clicks / impressions`);
  }
  return { row, problems, warnings };
}

type Add = (rule: Rule, message: string) => void;

function checkDate(text: string | undefined, day: LocalDate, latestDay: LocalDate, add: Add): void {
  // Spreadsheets and databases write a day as its midnight.
  const date = text?.trim().replace(/[T ]00:00:00(\.0+)?Z?$/, '');
  if (!date) add('REQUIRED', 'date is missing');
  else if (!isLocalDate(date)) add('NOT_A_DATE', `"${clip(date)}" is not a date (YYYY-MM-DD)`);
  else if (date > latestDay) add('FUTURE_DATE', `${date} is in the future`);
  else if (date !== day) add('OTHER_DATE', `${date} is not the day of the file (${day})`);
}

/** Trimmed, composed (NFC), inner spaces folded: how names are kept and, without case, compared. */
function checkName(column: string, text: string | undefined, add: Add): string {
  const name = (text ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (!name) add('REQUIRED', `${column} is missing`);
  else if (name.includes('\0')) add('HAS_NUL', `${column} has a NUL character`);
  else if (name.length > longestName && [...name].length > longestName) {
    add('NAME_TOO_LONG', `${column} has ${[...name].length} characters, more than ${longestName}`);
  }
  return name;
}

/** @returns the number as plain decimal text; undefined where there is none that could be kept. */
function checkNumber(
  column: string,
  text: string | undefined,
  blank: 'REQUIRED' | 'BLANK_IS_ZERO',
  decimals: number,
  add: Add,
): string | undefined {
  const cell = (text ?? '').trim();
  const refuse = (rule: Rule, message: string) => {
    add(rule, message);
    return undefined;
  };
  if (cell === '') {
    return blank === 'REQUIRED' ? refuse('REQUIRED', `${column} is missing`) : '0';
  }
  const match = /^(-?)([0-9]+)(?:\.([0-9]*))?$/.exec(cell);
  if (!match) return refuse('NOT_A_NUMBER', `${column} "${clip(cell)}" is not a number`);
  const [, sign, digits = '', fraction = ''] = match;
  const whole = digits.replace(/^0+(?=[0-9])/, '');
  const part = fraction.replace(/0+$/, '');
  const number = part ? `${whole}.${part}` : whole;
  if (sign && number !== '0') return refuse('NEGATIVE', `${column} (${clip(cell)}) is negative`);
  if (part.length > decimals) {
    const limit = decimals === 0 ? 'a whole number' : `at most ${decimals} decimals`;
    return refuse('TOO_MANY_DECIMALS', `${column} (${clip(cell)}) must be ${limit}`);
  }
  // Exact as a JSON number for counts; the whole part of numeric(20, 9) for amounts.
  if (whole.length > (decimals === 0 ? 15 : 11)) {
    return refuse('TOO_LARGE', `${column} (${clip(cell)}) is too large`);
  }
  return number;
}

/** A file's CTR may be a fraction or a percentage. */
function ctrDiffers(text: string, ctr: number): boolean {
  const given = Number(text.replace('%', ''));
  const isNear = (value: number) => Math.abs(value - ctr) <= ctrTolerance;
  return !isNear(given) && !isNear(given / 100);
}

function clip(text: string): string {
  // By characters, not by code units: half of one is no text that a database takes.
  const characters = [...text.slice(0, 100)];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text;
}
