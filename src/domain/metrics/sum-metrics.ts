import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { addDays, type DateRange } from '../calendar.ts';
import { levels } from '../media/levels.ts';
import { plainDecimal } from '../plain-decimal.ts';
import type { MetricTotals } from './ratios.ts';
import { type AdditiveKey, additiveMetrics, type RatioKey, ratioMetrics } from './registry.ts';

/** What metrics can be summed by: a client, or a level of the hierarchy. */
export type MetricGroup = 'client' | (typeof levels)[number]['name'];

const additiveKeys = Object.keys(additiveMetrics) as AdditiveKey[];
const ratioKeys = Object.keys(ratioMetrics) as RatioKey[];

/**
 * Sum the facts of each of many clients, campaigns, strategies, placements or creatives in one statement.
 *
 * What was merged into another counts towards that other one.
 *
 * @param range days, both ends included.
 * @returns totals by id; of an id without a row, zero where every source reports the fact, else null.
 */
export async function sumMetrics(
  em: EntityManager,
  group: MetricGroup,
  ids: readonly string[],
  range: DateRange,
): Promise<Map<string, MetricTotals>> {
  const table = levels.find((level) => level.name === group)?.table ?? 'clients';
  const merged = group === 'client' ? 'e.id' : 'coalesce(e.canonical_id, e.id)';
  const idList = arrayLiteral(ids);
  // Not by the coalesced id, which no index knows.
  const isWanted =
    group === 'client'
      ? 'e.id = any (?::uuid[])'
      : '(e.id = any (?::uuid[]) or e.canonical_id = any (?::uuid[]))';
  const ownClient = group === 'client' ? 'e.id' : 'e.client_id';
  const rows = await em.execute<Record<string, string | null>[]>(
    `select ${merged} as id, ${sumColumns}
     from ${table} e
     join daily_metrics f on f.client_id = ${ownClient} and f.${group}_id = e.id
     where ${isWanted} and f.date >= ? and f.date < ?
     group by 1`,
    [idList, ...(group === 'client' ? [] : [idList]), range.from, addDays(range.to, 1)],
  );
  const totals = new Map(rows.map((row) => [row.id ?? '', toTotals(row)]));
  return new Map(ids.map((id) => [id, totals.get(id) ?? nothing]));
}

/** Each sum, and for each ratio both sides over the rows that report both. */
const sumColumns = [
  ...additiveKeys.map((key) => `sum(f.${additiveMetrics[key].column}) as "${key}"`),
  ...ratioKeys.flatMap((key) => {
    const numerator = additiveMetrics[ratioMetrics[key].numerator].column;
    const denominator = additiveMetrics[ratioMetrics[key].denominator].column;
    return [
      `sum(f.${numerator}) filter (where f.${denominator} is not null) as "${key}_numerator"`,
      `sum(f.${denominator}) filter (where f.${numerator} is not null) as "${key}_denominator"`,
    ];
  }),
].join(', ');

function toTotals(row: Record<string, string | null>): MetricTotals {
  const side = (key: RatioKey, name: string) => row[`${key}_${name}`] ?? null;
  const sums = additiveKeys.map((key) => [key, plainDecimal(row[key] ?? null)]);
  const pairs = ratioKeys.map((key) => [
    key,
    { numerator: side(key, 'numerator'), denominator: side(key, 'denominator') },
  ]);
  return { sums: Object.fromEntries(sums), pairs: Object.fromEntries(pairs) };
}

const nothing: MetricTotals = {
  sums: Object.fromEntries(
    additiveKeys.map((key) => [key, additiveMetrics[key].empty]),
  ) as MetricTotals['sums'],
  pairs: Object.fromEntries(
    ratioKeys.map((key) => [key, { numerator: null, denominator: null }]),
  ) as MetricTotals['pairs'],
};
