import { ratioDecimals } from './derive-metric.ts';
import { type AdditiveKey, additiveMetrics, type RatioKey, ratioMetrics } from './registry.ts';

type Side = 'numerator' | 'denominator';

/** SQL of the sum of a metric over the rows `f` of a group. */
export function sumOf(key: AdditiveKey): string {
  return `sum(${expressionOf(key)})`;
}

/** SQL of one side of a ratio: the sum over those rows `f` of a group that report the other side too. */
export function sideOf(ratio: RatioKey, side: Side): string {
  const { numerator, denominator } = ratioMetrics[ratio];
  const [own, other] = side === 'numerator' ? [numerator, denominator] : [denominator, numerator];
  const { isAlwaysReported } = additiveMetrics[other];
  return isAlwaysReported
    ? sumOf(own)
    : `${sumOf(own)} filter (where ${expressionOf(other)} is not null)`;
}

/**
 * SQL of a ratio, from SQL of its two sides: divided once and rounded as `deriveMetric` does, so that every
 * door tells the same; null where the denominator is zero.
 */
export function quotientOf(ratio: RatioKey, numerator: string, denominator: string): string {
  // The scale of the dividend is how exactly PostgreSQL divides before it is rounded.
  const dividend = `((${numerator}) * ${ratioMetrics[ratio].scale})::numeric(80, 24)`;
  return `round(${dividend} / nullif(${denominator}, 0), ${ratioDecimals})`;
}

/** SQL of the value of a metric in a row `f`; null where the row does not report it. */
function expressionOf(key: AdditiveKey): string {
  const { column, minus } = additiveMetrics[key];
  return minus ? `(f.${column} - f.${minus})` : `f.${column}`;
}
