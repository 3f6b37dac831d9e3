import type { DateRange } from '../calendar.ts';
import { quotientOf, sideOf, sumOf } from '../metrics/metric-columns.ts';
import { oldMonthsOf } from '../metrics/old-months.ts';
import { isRatio, type MetricKey } from '../metrics/registry.ts';
import { type Column, groupColumns, metricColumn, ownId } from './columns.ts';
import { type DimensionKey, dimensions, joinClient } from './dimensions.ts';
import { filterFacts } from './filter-facts.ts';
import type { MetricQuery } from './metric-query.ts';

/** SQL of an opaque id. @param id SQL of a row's own id. */
export type IdSql = (typeName: string, id: string) => string;

/** SQL whose rows are the answer to a metric query, in no order; beside each id they have the node's own. */
export interface BuiltQuery {
  columns: Column[];
  sql: string;
  parameters: unknown[];
  /** Whether there is a row for each fact, so that to sort facts is cheaper than to hash them. */
  isByFact: boolean;
}

/** Where facts are summed already, and the columns that tell facts apart, from the clients down. */
const levels = ['CLIENT', 'CAMPAIGN', 'STRATEGY', 'PLACEMENT'];
const nodeLevels = ['client', 'campaign'] as const;
const levelColumns = ['client_id', 'campaign_id', 'strategy_id', 'placement_id', 'creative_id'];

/**
 * Write the SQL of a metric query.
 *
 * Facts are summed by the ids that they carry, from the highest roll-up that has what is asked for; only then
 * are names joined, what was merged is counted towards what it was merged into, and ratios are divided: once,
 * and rounded as `deriveMetric` rounds them, so that every door tells the same. Where each fact is told apart,
 * there is nothing to sum before that. Archived months are added by their sums where these have what is asked for.
 *
 * @param idSql how ids are told.
 */
export function buildQuery(query: MetricQuery, idSql: IdSql): BuiltQuery {
  const wanted = query.dimensions.map((key) => dimensions[key]);
  const { conditions, parameters, depth: filteredDepth } = filterFacts(query.filters);
  const depth = depthOf(query, filteredDepth);
  const groupedBy = new Map([['client_id', 'f.client_id']]);
  for (const { groupedBy: by } of wanted) groupedBy.set(by.name, by.sql(query.weekStartsOn));
  const isByFact = groupedBy.has('date') && groupedBy.has(levelColumns[depth] ?? '');
  const parts = query.metrics.flatMap(partsOf);
  const groups = groupColumns(query);
  const joins = [...new Set([joinClient, ...wanted.flatMap((each) => each.joins)])].join(' ');

  const level = levels[depth];
  const by = [...groupedBy].map(([name, sql]) => `${sql} as ${name}`).join(', ');
  const facts = `${level ? 'daily_rollups' : 'daily_metrics'} f`;
  // Summed apart, since nothing is known of how many groups there are of both together.
  const months = summedMonthsOf(query);
  const sources = [
    { from: facts, days: query.range },
    ...(months ? [{ from: 'monthly_rollups f', days: months }] : []),
  ];
  const where = `
    where ${level ? `f.level = '${level}' and ` : ''}f.date between ?::date and ?::date
      and ${conditions.join(' and ')}`;
  const sums = parts.map(({ name, sql }) => `${sql} as "${name}"`).join(', ');
  const grouped = sources.map(
    ({ from }) =>
      `select ${by}, ${sums} from ${from} ${where} group by ${[...groupedBy.values()].join(', ')}`,
  );
  const named = `
    select ${groups.map(({ key, sql }) => `${sql} as "${key}", `).join('')}
      ${isByFact ? sums : parts.map(({ name }) => `sum(g."${name}") as "${name}"`).join(', ')}
    from ${isByFact ? `${facts} cross join lateral (select ${by}) g ${joins} ${where}` : `(${grouped.join(' union all ')}) g ${joins}`}
    ${groups.length > 0 ? `group by ${groups.map(({ sql }) => sql).join(', ')}` : 'having count(*) > 0'}`;
  const keys = groups.map(({ key, typeName }) => {
    const own = `n."${key}"`;
    return typeName ? `${idSql(typeName, own)} as "${key}", ${own} as "${ownId(key)}"` : own;
  });
  const values = query.metrics.map((key) => `${metricSql(key)} as "${key}"`);
  return {
    columns: [...groups.map(toColumn), ...query.metrics.map(metricColumn)],
    sql: `select ${[...keys, ...values].join(', ')} from (${named}) n`,
    parameters: sources.flatMap(({ days: { from, to } }) => [from, to, ...parameters]),
    isByFact,
  };
}

/** How deep in the hierarchy a query looks. */
function depthOf({ dimensions: keys }: MetricQuery, filteredDepth: number): number {
  return Math.max(filteredDepth, ...keys.map((key) => dimensions[key].depth));
}

/**
 * The days of those archived months that count by their sums: whole ones of clients, feeds and campaigns, where neither
 * days nor weeks are told apart. Null where there are none.
 */
export function summedMonthsOf(query: MetricQuery): DateRange | null {
  if (query.isHotOnly || query.dimensions.some((key) => key === 'date' || key === 'week'))
    return null;
  const level = nodeLevels[depthOf(query, filterFacts(query.filters).depth)];
  return level ? oldMonthsOf(level, query.range) : null;
}

/** A query for the same facts by other dimensions, so that both add up to the same. */
export function ofSameFacts(query: MetricQuery, keys: readonly DimensionKey[]): MetricQuery {
  return { ...query, dimensions: keys, isHotOnly: summedMonthsOf(query) === null };
}

/** What has to be summed for a metric. */
function partsOf(key: MetricKey): { name: string; sql: string }[] {
  if (!isRatio(key)) return [{ name: key, sql: sumOf(key) }];
  return (['numerator', 'denominator'] as const).map((side) => ({
    name: `${key}_${side}`,
    sql: sideOf(key, side),
  }));
}

/** SQL of a metric's value, from the sums `n`. */
function metricSql(key: MetricKey): string {
  if (!isRatio(key)) return `trim_scale(n."${key}")`;
  return `trim_scale(${quotientOf(key, `n."${key}_numerator"`, `n."${key}_denominator"`)})`;
}

function toColumn({ key, label, type, unit, isAdditive }: Column): Column {
  return { key, label, type, unit, isAdditive };
}
