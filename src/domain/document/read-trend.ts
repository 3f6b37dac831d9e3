import type { EntityManager } from '@mikro-orm/postgresql';
import { countDays, type DateRange, type LocalDate } from '../calendar.ts';
import { ofSameFacts } from '../metric-rows/build-query.ts';
import type { DimensionKey } from '../metric-rows/dimensions.ts';
import type { MetricQuery } from '../metric-rows/metric-query.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import { readAllRows } from '../metric-rows/read-all-rows.ts';
import { buildSeries } from '../metrics/build-series.ts';
import { deriveMetric } from '../metrics/derive-metric.ts';
import type { Gap } from '../metrics/find-gaps.ts';
import type { Grain } from '../metrics/period-of.ts';
import { startOf } from '../range-preset.ts';
import type { SectionOf } from './document.ts';
import { inCurrency, measureOf } from './measure.ts';

/** Lines that can be told apart, each with a scale of its own. */
const mostSeries = 2;
const grainDimensions = { DAY: 'date', WEEK: 'week', MONTH: 'month' } as const satisfies Record<
  Grain,
  DimensionKey
>;

/** The first metrics of a query over its days: for each currency a section. */
export async function readTrend(
  em: EntityManager,
  query: MetricQuery,
  currencies: readonly (string | null)[],
  gaps: readonly Gap[][],
): Promise<SectionOf<'TREND'>[]> {
  const grain = grainOf(query.range);
  const dimension = grainDimensions[grain];
  const keys = query.metrics.slice(0, mostSeries);
  const asked = { ...ofSameFacts(query, [dimension]), metrics: keys };
  const rows: Row[] = [];
  for await (const batch of readAllRows(em, asked, null)) rows.push(...batch);
  const { weekStartsOn } = query;
  const points = buildSeries({ ...query.range, grain, weekStartsOn }, new Map(), gaps);
  const startOfPeriod = (from: LocalDate) =>
    grain === 'DAY' ? from : startOf(grain === 'WEEK' ? 'week' : 'month', from, weekStartsOn);
  return currencies.map((currency) => {
    const own = rows.filter((row) => !row.currency || !currency || row.currency === currency);
    const byPeriod = new Map<string, Row>(own.map((row) => [row[dimension] ?? '', row]));
    return {
      kind: 'TREND',
      title: inCurrency(`By ${grain.toLowerCase()}`, currency, currencies.length === 1),
      grain,
      periods: points.map(({ from }) => from),
      series: keys.map((key) => ({
        ...measureOf(key, currency),
        values: points.map(({ from, totals }) => {
          const row = byPeriod.get(startOfPeriod(from));
          return row ? (row[key] ?? null) : deriveMetric(totals, key);
        }),
      })),
    };
  });
}

/** As fine as a line of some sixty points can show. */
function grainOf(range: DateRange): Grain {
  const days = countDays(range);
  if (days <= 62) return 'DAY';
  return days <= 420 ? 'WEEK' : 'MONTH';
}
