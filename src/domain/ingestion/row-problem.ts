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
  | 'ROUNDED_ID'
  | 'NO_VALUE'
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

/** Keeps one more reason. */
export type AddProblem = (rule: Rule, message: string) => void;

/** The beginning of a cell, for a reason that quotes it. */
export function clip(text: string): string {
  // By characters, not by code units: half of one is no text that a database takes.
  const characters = [...text.slice(0, 100)];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text;
}
