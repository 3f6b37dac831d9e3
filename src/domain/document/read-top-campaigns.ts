import type { EntityManager } from '@mikro-orm/postgresql';
import { ofSameFacts } from '../metric-rows/build-query.ts';
import type { MetricQuery } from '../metric-rows/metric-query.ts';
import { readAllRows } from '../metric-rows/read-all-rows.ts';
import type { MetricKey } from '../metrics/registry.ts';
import type { SectionOf } from './document.ts';
import { inCurrency, measureOf } from './measure.ts';

const most = 10;
/** What campaigns are for, from the last step of those who see them to the first. */
const byImportance: MetricKey[] = ['revenue', 'conversions', 'clicks', 'spend', 'impressions'];

/** The campaigns with most of what matters most among a query's metrics: for each currency a section. */
export async function readTopCampaigns(
  em: EntityManager,
  query: MetricQuery,
  currencies: readonly (string | null)[],
): Promise<SectionOf<'BARS'>[]> {
  const key = byImportance.find((each) => query.metrics.includes(each)) ?? query.metrics[0];
  if (!key) return [];
  const asked = { ...ofSameFacts(query, ['campaign']), metrics: [key] };
  const found: { name: string; value: string | null; currency: string | null }[] = [];
  for await (const rows of readAllRows(em, asked, { key, isDescending: true })) {
    for (const row of rows) {
      const currency = row.currency ?? null;
      const isFull = found.filter((each) => each.currency === currency).length >= most;
      if (!isFull && row[key]) found.push({ name: row.campaign ?? '', value: row[key], currency });
    }
  }
  return currencies.map((currency) => {
    const measure = measureOf(key, currency);
    const title = `Top campaigns by ${measure.label.toLowerCase()}`;
    const own = found.filter((each) => !each.currency || !currency || each.currency === currency);
    return {
      kind: 'BARS',
      ...measure,
      title: inCurrency(title, currency, currencies.length === 1),
      bars: own.slice(0, most),
    };
  });
}
