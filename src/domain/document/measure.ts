import { type MetricKey, metrics } from '../metrics/registry.ts';
import type { Measure } from './document.ts';

/** A metric, as documents tell it. */
export function measureOf(key: MetricKey, currency: string | null): Measure {
  const { label, type, unit } = metrics[key];
  return { key, label, type, unit, currency: unit === 'CURRENCY' ? currency : null };
}

/** What is said after a title where there are several currencies. */
export function inCurrency(title: string, currency: string | null, isOne: boolean): string {
  return isOne || currency === null ? title : `${title} in ${currency}`;
}
