import { isLocalDate, type LocalDate } from '../calendar.ts';
import type { Severity } from '../identity/organization.entity.ts';
import { checkFact, type FactRule } from './check-fact.ts';
import { checkName } from './check-name.ts';
import { type AddProblem, type ComparisonRule, clip, type RowProblem } from './row-problem.ts';

const nameFields = ['campaign', 'strategy', 'placement', 'creative'] as const;
type NameField = (typeof nameFields)[number];

/**
 * The facts that a source may report, and how their cells are taken.
 *
 * A column that is there has clicks in every row, and no conversions where it is blank; what else is blank is
 * not known. Source: docs/rules.md, ingestion 8.
 */
export const factRules = {
  impressions: { label: 'impressions', decimals: 0, blank: 'REQUIRED' },
  clicks: { label: 'clicks', decimals: 0, blank: 'REQUIRED' },
  conversions: { label: 'conversions', decimals: 9, blank: 'ZERO' },
  revenue: { label: 'revenue', decimals: 9, blank: 'ZERO' },
  mediaCost: { label: 'media cost', decimals: 9, blank: 'NULL' },
  completedViews: { label: 'completed views', decimals: 0, blank: 'NULL' },
  reach: { label: 'reach', decimals: 0, blank: 'NULL' },
} as const satisfies Record<string, FactRule>;
type FactField = keyof typeof factRules;

/** The columns of a media row. */
export type RawField = 'date' | NameField | FactField | 'ctr';
export const rawFields: readonly RawField[] = [
  ...(['date', ...nameFields] as const),
  ...(Object.keys(factRules) as FactField[]),
  'ctr',
];
/** A media row as text, as a connector found it; undefined where its file has no such column. */
export type RawFields = Partial<Record<RawField, string>>;

/** One row's names and facts, clean: numbers as plain decimal text, null where they are not reported. */
export type MediaRow = Record<NameField | 'impressions', string> & Record<FactField, string | null>;

export interface CheckedRow {
  /** Of use where there are no problems. */
  row: MediaRow;
  /** Every error found; the row is good when there is none. */
  problems: RowProblem[];
  warnings: ComparisonRule[];
}

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
  const add: AddProblem = (rule, message) => problems.push({ rule, message });

  checkDate(fields.date, day, latestDay, add);
  const fact = (field: FactField) => checkFact(factRules[field], fields[field], add);
  const row: MediaRow = {
    campaign: checkName('campaign', fields.campaign, add),
    strategy: checkName('strategy', fields.strategy, add),
    placement: checkName('placement', fields.placement, add),
    creative: checkName('creative', fields.creative, add),
    impressions: checkFact(factRules.impressions, fields.impressions ?? '', add) ?? '',
    clicks: fact('clicks'),
    conversions: fact('conversions'),
    revenue: fact('revenue'),
    mediaCost: fact('mediaCost'),
    completedViews: fact('completedViews'),
    reach: fact('reach'),
  };
  compareFacts(row, fields.ctr?.trim(), (rule, message) =>
    severities[rule] === 'ERROR' ? add(rule, message) : warnings.push(rule),
  );
  return { row, problems, warnings };
}

type Compare = (rule: ComparisonRule, message: string) => void;

/** A fact that is missing or no number is NaN here, and compares with nothing. */
function compareFacts(row: MediaRow, ctr: string | undefined, compare: Compare): void {
  const impressions = row.impressions ? Number(row.impressions) : Number.NaN;
  const clicks = row.clicks === null ? Number.NaN : Number(row.clicks);
  if (clicks > impressions) {
    compare('CLICKS_EXCEED_IMPRESSIONS', `clicks (${clicks}) exceed impressions (${impressions})`);
  }
  if (Number(row.conversions) > clicks) {
    const message = `conversions (${row.conversions}) exceed clicks (${clicks})`;
    compare('CONVERSIONS_EXCEED_CLICKS', message);
  }
  if (ctr && impressions > 0 && clicks >= 0 && ctrDiffers(ctr, clicks / impressions)) {
    compare('CTR_DIFFERS', `CTR ${clip(ctr)} is not clicks / impressions`);
  }
}

function checkDate(
  text: string | undefined,
  day: LocalDate,
  latestDay: LocalDate,
  add: AddProblem,
): void {
  if (text === day && day <= latestDay) return;
  // Spreadsheets and databases write a day as its midnight.
  const date = text?.trim().replace(/[T ]00:00:00(\.0+)?Z?$/, '');
  if (!date) add('REQUIRED', 'date is missing');
  else if (/^[1-9][0-9]{4}$/.test(date)) {
    add('NOT_A_DATE', `"${date}" is a spreadsheet's number for a day: write it as YYYY-MM-DD`);
  } else if (!isLocalDate(date)) add('NOT_A_DATE', `"${clip(date)}" is not a date (YYYY-MM-DD)`);
  else if (date > latestDay) add('FUTURE_DATE', `${date} is in the future`);
  else if (date !== day) add('OTHER_DATE', `${date} is not the day of the file (${day})`);
}

/** A file's CTR may be a fraction or a percentage. */
function ctrDiffers(text: string, ctr: number): boolean {
  const given = Number(text.replace('%', ''));
  const isNear = (value: number) => Math.abs(value - ctr) <= ctrTolerance;
  return !isNear(given) && !isNear(given / 100);
}
