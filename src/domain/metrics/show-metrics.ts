import { deriveRatios, type MetricTotals, partialRatios } from './ratios.ts';
import { type MetricKey, metricKeys, metrics, type RatioKey } from './registry.ts';

/** Every metric of one set of totals, by key, as exact decimal text. */
export type ShownMetrics = Record<MetricKey, string | null> & { partialRatios: RatioKey[] };

/** Totals and ratios side by side; those that are internal are null unless `withInternal`. */
export function showMetrics(totals: MetricTotals, withInternal: boolean): ShownMetrics {
  const all: Record<MetricKey, string | null> = { ...totals.sums, ...deriveRatios(totals) };
  const partial = partialRatios(totals);
  if (withInternal) return { ...all, partialRatios: partial };
  for (const key of metricKeys) if (metrics[key].isInternal) all[key] = null;
  return { ...all, partialRatios: partial.filter((key) => !metrics[key].isInternal) };
}
