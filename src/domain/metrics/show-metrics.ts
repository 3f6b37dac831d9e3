import { deriveRatios, type MetricTotals, partialRatios } from './ratios.ts';
import { additiveMetrics, type MetricKey, type RatioKey, ratioMetrics } from './registry.ts';

/** Every metric of one set of totals, by key, as exact decimal text. */
export type ShownMetrics = Record<MetricKey, string | null> & { partialRatios: RatioKey[] };

/** Totals and ratios side by side; those that are internal are null unless `withInternal`. */
export function showMetrics(totals: MetricTotals, withInternal: boolean): ShownMetrics {
  const all: Record<MetricKey, string | null> = { ...totals.sums, ...deriveRatios(totals) };
  for (const [key, metric] of Object.entries({ ...additiveMetrics, ...ratioMetrics })) {
    if (metric.isInternal && !withInternal) all[key as MetricKey] = null;
  }
  return { ...all, partialRatios: partialRatios(totals) };
}
