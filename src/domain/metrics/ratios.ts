import { Decimal } from 'decimal.js';
import { type AdditiveKey, type RatioKey, ratioKeys, ratioMetrics } from './registry.ts';

/** Sums as exact decimal text; null where nothing that was summed reports the fact. */
export type Sums = Record<AdditiveKey, string | null>;

/** Sums of one group of rows. */
export interface MetricTotals {
  sums: Sums;
  /** The two sides of each ratio, summed over the rows alone that report both. */
  pairs: Record<RatioKey, { numerator: string | null; denominator: string | null }>;
}

export type MetricRatios = Record<RatioKey, string | null>;

const Precise = Decimal.clone({ precision: 60 });

/** Decimals that a ratio is rounded to, half away from zero: far more than anyone reads. */
export const ratioDecimals = 12;

/**
 * Ratios of one set of totals: sum first, divide once.
 *
 * @returns fractions (CTR 0.02 is 2 %), CPC/CPA/CPM in currency units, ROAS as a multiple of spend, as
 *   decimal text of at most {@link ratioDecimals} decimals; `null` where the denominator is zero or nothing reports both sides.
 * Source: docs/rules.md, formulas.
 */
export function deriveRatios({ pairs }: Pick<MetricTotals, 'pairs'>): MetricRatios {
  const ratios = {} as MetricRatios;
  for (const key of ratioKeys) {
    const { numerator, denominator } = pairs[key];
    const isDefined = numerator !== null && denominator !== null && Number(denominator) !== 0;
    ratios[key] = isDefined ? divide(numerator, denominator, ratioMetrics[key].scale) : null;
  }
  return ratios;
}

function divide(numerator: string, denominator: string, scale: number): string {
  const quotient = new Precise(numerator).times(scale).div(denominator);
  return quotient.toDecimalPlaces(ratioDecimals, Decimal.ROUND_HALF_UP).toFixed();
}

/** The ratios that stand on a part of the rows, because the others do not report one of their sides. */
export function partialRatios({ sums, pairs }: MetricTotals): RatioKey[] {
  return ratioKeys.filter((key) => {
    const { numerator, denominator } = ratioMetrics[key];
    const sides = pairs[key];
    // Where no row reports both there is no ratio, and nothing to say of it.
    if (sides.numerator === null || sides.denominator === null) return false;
    const isWhole = (side: string, sum: string | null) => new Precise(side).eq(sum ?? 0);
    return (
      !isWhole(sides.numerator, sums[numerator]) || !isWhole(sides.denominator, sums[denominator])
    );
  });
}
