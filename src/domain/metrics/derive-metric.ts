import { divide, toBillionths, toDecimal } from '../exact.ts';
import { plainDecimal } from '../plain-decimal.ts';
import {
  type AdditiveKey,
  additiveMetrics,
  isRatio,
  type MetricKey,
  type RatioKey,
  ratioKeys,
  ratioMetrics,
} from './registry.ts';
import type { FactSums, Totals } from './totals.ts';

/** Decimals that a ratio is rounded to, half away from zero: far more than anyone reads. */
export const ratioDecimals = 12;

/**
 * One metric of totals: a sum, or the ratio of two: summed first, divided once.
 *
 * @param totals null where there are no data, so that nothing is known.
 * @returns decimal text. Ratios are fractions (CTR 0.02 is 2 %), CPC/CPA/CPM in currency units, ROAS a multiple
 *   of spend, of at most {@link ratioDecimals} decimals; `null` where the denominator is zero or nothing reports
 *   what it needs. Without any row a sum is zero where every source reports it, else null.
 * Source: docs/rules.md, formulas.
 */
export function deriveMetric(totals: Totals | null, key: MetricKey): string | null {
  if (!totals) return null;
  if (isRatio(key)) return deriveRatio(totals, key);
  const [only, ...others] = totals;
  if (!only) return additiveMetrics[key].empty;
  const { column, minus } = additiveMetrics[key];
  // Mostly there is nothing to add up.
  if (others.length === 0 && !minus) return plainDecimal(only[column]);
  const sum = addUp(totals, key);
  return sum === null ? null : toDecimal(sum);
}

/** The ratios that stand on a part of the rows, because the others report only one of their sides. */
export function partialRatios(totals: Totals): RatioKey[] {
  if (totals.length < 2) return [];
  return ratioKeys.filter((key) => {
    const both = totals.filter((sums) => reportsBoth(sums, key));
    // Where no row reports both there is no ratio, and nothing to say of it.
    if (both.length === 0) return false;
    const { numerator, denominator } = ratioMetrics[key];
    return totals.some(
      (sums) => !both.includes(sums) && (factOf(sums, numerator) || factOf(sums, denominator)),
    );
  });
}

function deriveRatio(totals: Totals, key: RatioKey): string | null {
  const { numerator, denominator, scale } = ratioMetrics[key];
  let dividend = 0n;
  let divisor = 0n;
  for (const sums of totals) {
    const above = factOf(sums, numerator);
    const below = factOf(sums, denominator);
    if (above === null || below === null) continue;
    dividend += above;
    divisor += below;
  }
  if (divisor === 0n) return null;
  return toDecimal(divide(dividend * BigInt(scale), divisor, ratioDecimals), ratioDecimals);
}

function reportsBoth(sums: FactSums, key: RatioKey): boolean {
  const { numerator, denominator } = ratioMetrics[key];
  return reports(sums, numerator) && reports(sums, denominator);
}

function reports(sums: FactSums, key: AdditiveKey): boolean {
  const { column, minus } = additiveMetrics[key];
  return sums[column] !== null && (!minus || sums[minus] !== null);
}

/** In billionths; null where it is not reported. */
function factOf(sums: FactSums, key: AdditiveKey): bigint | null {
  const { column, minus } = additiveMetrics[key];
  const [value, less] = [sums[column], minus ? sums[minus] : '0'];
  if (value === null || less === null) return null;
  return toBillionths(value) - toBillionths(less);
}

function addUp(totals: Totals, key: AdditiveKey): bigint | null {
  let sum: bigint | null = null;
  for (const sums of totals) {
    const value = factOf(sums, key);
    if (value !== null) sum = (sum ?? 0n) + value;
  }
  return sum;
}
