import { plainDecimal } from '../plain-decimal.ts';
import type { MetricTotals } from './ratios.ts';
import {
  type AdditiveKey,
  additiveKeys,
  additiveMetrics,
  type RatioKey,
  ratioKeys,
  ratioMetrics,
} from './registry.ts';

type Side = 'numerator' | 'denominator';

/** SQL of the sum of a fact over the rows `f` of a group. */
export function sumOf(key: AdditiveKey): string {
  return `sum(${additiveMetrics[key].expression})`;
}

/** SQL of one side of a ratio: the sum over those rows `f` of a group that report the other side too. */
export function sideOf(ratio: RatioKey, side: Side): string {
  const { numerator, denominator } = ratioMetrics[ratio];
  const [own, other] = side === 'numerator' ? [numerator, denominator] : [denominator, numerator];
  const { isAlwaysReported, expression } = additiveMetrics[other];
  return isAlwaysReported ? sumOf(own) : `${sumOf(own)} filter (where ${expression} is not null)`;
}

/** SQL of every sum, and of both sides of every ratio, of the rows `f` of a group: what {@link toTotals} reads. */
export const totalColumns = [
  ...additiveKeys.map((key) => `${sumOf(key)} as "${key}"`),
  ...ratioKeys.flatMap((key) => [
    `${sideOf(key, 'numerator')} as "${key}_numerator"`,
    `${sideOf(key, 'denominator')} as "${key}_denominator"`,
  ]),
].join(', ');

/** The totals of a row with {@link totalColumns}. */
export function toTotals(row: Record<string, string | null>): MetricTotals {
  const side = (key: RatioKey, name: Side) => row[`${key}_${name}`] ?? null;
  const sums = additiveKeys.map((key) => [key, plainDecimal(row[key] ?? null)]);
  const pairs = ratioKeys.map((key) => [
    key,
    { numerator: side(key, 'numerator'), denominator: side(key, 'denominator') },
  ]);
  return { sums: Object.fromEntries(sums), pairs: Object.fromEntries(pairs) };
}

/** The totals of no row: zero where every source reports the fact, else null. */
export const noTotals: MetricTotals = {
  sums: Object.fromEntries(
    additiveKeys.map((key) => [key, additiveMetrics[key].empty]),
  ) as MetricTotals['sums'],
  pairs: Object.fromEntries(
    ratioKeys.map((key) => [key, { numerator: null, denominator: null }]),
  ) as MetricTotals['pairs'],
};
