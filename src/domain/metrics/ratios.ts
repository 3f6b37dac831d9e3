import { Decimal } from 'decimal.js';
import { type AdditiveKey, type RatioKey, ratioMetrics } from './registry.ts';

/** Sums as exact decimal text; null where nothing that was summed reports the fact. */
export type Sums = Record<AdditiveKey, string | null>;

/** Sums of one group of rows. */
export interface MetricTotals {
  sums: Sums;
  /** The two sides of each ratio, summed over the rows alone that report both. */
  pairs: Record<RatioKey, { numerator: string | null; denominator: string | null }>;
}

export type MetricRatios = Record<RatioKey, string | null>;

const Precise = Decimal.clone({ precision: 30 });

/**
 * Ratios of one set of totals: sum first, divide once.
 *
 * @returns fractions (CTR 0.02 is 2 %), CPC/CPA/CPM in currency units, ROAS as a multiple of spend, as
 *   decimal text; `null` where the denominator is zero or nothing reports both sides.
 * Source: docs/rules.md, formulas.
 */
export function deriveRatios({ pairs }: Pick<MetricTotals, 'pairs'>): MetricRatios {
  const ratios = {} as MetricRatios;
  for (const key of Object.keys(ratioMetrics) as RatioKey[]) {
    const { numerator, denominator } = pairs[key];
    const isDefined = numerator !== null && denominator !== null && Number(denominator) !== 0;
    ratios[key] = isDefined
      ? new Precise(numerator).times(ratioMetrics[key].scale).div(denominator).toFixed()
      : null;
  }
  return ratios;
}

/** The ratios that stand on a part of the rows, because the others do not report one of their sides. */
export function partialRatios({ sums, pairs }: MetricTotals): RatioKey[] {
  return (Object.keys(ratioMetrics) as RatioKey[]).filter((key) => {
    const { numerator, denominator } = ratioMetrics[key];
    const isWhole = (side: string | null, sum: string | null) =>
      new Precise(side ?? 0).eq(sum ?? 0);
    return (
      !isWhole(pairs[key].numerator, sums[numerator]) ||
      !isWhole(pairs[key].denominator, sums[denominator])
    );
  });
}
