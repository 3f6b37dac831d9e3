import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import { globalIdSql } from '../global-id.ts';
import { summedMonthsOf } from '../metric-rows/build-query.ts';
import { readTotals } from '../metric-rows/list-metric-rows.ts';
import type { MetricQuery } from '../metric-rows/metric-query.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import { coverageOf, lacksMostOf } from '../metrics/build-series.ts';
import { compareValues } from '../metrics/compare-metrics.ts';
import { deriveMetric } from '../metrics/derive-metric.ts';
import type { Gap } from '../metrics/find-gaps.ts';
import type { SectionOf } from './document.ts';
import { inCurrency, measureOf } from './measure.ts';

/** What there is of a range: its totals by currency, and the days without data of each feed. */
export interface RangeTotals {
  range: DateRange;
  rows: Row[];
  gaps: Gap[][];
}

export async function readRangeTotals(
  em: EntityManager,
  query: MetricQuery,
  gaps: Gap[][],
): Promise<RangeTotals> {
  return { range: query.range, rows: await readTotals(em, query, globalIdSql), gaps };
}

/** The currencies of a range's totals: one of null where no amounts are asked for, or nothing is there. */
export function currenciesOf({ rows }: RangeTotals): (string | null)[] {
  const found = rows.flatMap(({ currency }) => (currency ? [currency] : []));
  return found.length > 0 ? found.sort() : [null];
}

/** Each metric of a query beside what it was before: for each currency a section. */
export function makeTiles(
  query: MetricQuery,
  now: RangeTotals,
  before: RangeTotals,
): SectionOf<'TILES'>[] {
  const currencies = currenciesOf(now);
  const { metrics } = query;
  const isBasePartial = lacksMost(query, before);
  return currencies.map((currency) => ({
    kind: 'TILES',
    title: inCurrency('Key figures', currency, currencies.length === 1),
    basis: before.range,
    tiles: metrics.map((key) => {
      const read = valueIn(currency, key);
      const { value, base, relative } = compareValues(read(now), read(before), isBasePartial);
      return { ...measureOf(key, currency), value, base, relative };
    }),
  }));
}

/** Whether more than half of the days of a range have no data, so that changes from it are not told. */
export function lacksMost(query: MetricQuery, { range, gaps }: RangeTotals): boolean {
  return lacksMostOf(range, gaps, summedMonthsOf({ ...query, range }));
}

/** Without any row a sum is zero where there are data, and unknown where there are none. */
function valueIn(currency: string | null, key: MetricQuery['metrics'][number]) {
  return ({ rows, range, gaps }: RangeTotals): string | null => {
    const row = rows.find((each) => currency === null || each.currency === currency);
    if (row) return row[key] ?? null;
    const { status } = coverageOf(range, gaps);
    return deriveMetric(status === 'COMPLETE' || status === 'PARTIAL' ? [] : null, key);
  };
}
