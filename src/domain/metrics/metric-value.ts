import { quotientOf, sideOf, sumOf } from './metric-columns.ts';
import { additiveMetrics, isRatio, type MetricKey } from './registry.ts';

/**
 * SQL of one metric of the rows `f` of a group: what totals and ratios show.
 *
 * Null where nothing reports it or there is nothing to divide by; of no row at all what the registry says.
 */
export function metricValue(key: MetricKey): string {
  if (isRatio(key)) return quotientOf(key, sideOf(key, 'numerator'), sideOf(key, 'denominator'));
  const { empty, isAlwaysReported } = additiveMetrics[key];
  if (empty === null) return sumOf(key);
  if (isAlwaysReported) return `coalesce(${sumOf(key)}, ${empty})`;
  return `case when count(*) = 0 then ${empty} else ${sumOf(key)} end`;
}
