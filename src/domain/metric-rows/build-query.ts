import { quotientOf, sideOf, sumOf } from '../metrics/metric-columns.ts';
import { isRatio, type MetricKey } from '../metrics/registry.ts';
import { type Column, groupColumns, metricColumn } from './columns.ts';
import { dimensions, joinClient } from './dimensions.ts';
import { filterFacts } from './filter-facts.ts';
import type { MetricQuery } from './metric-query.ts';

/** SQL of an opaque id. @param id SQL of a row's own id. */
export type IdSql = (typeName: string, id: string) => string;

/** SQL whose rows are the answer to a metric query, in no order. */
export interface BuiltQuery {
  columns: Column[];
  sql: string;
  parameters: unknown[];
}

const levels = ['CLIENT', 'CAMPAIGN', 'STRATEGY', 'PLACEMENT'];

/**
 * Write the SQL of a metric query.
 *
 * Facts are summed by the ids that they carry, from the highest roll-up that has what is asked for; only then
 * are names joined, what was merged is counted towards what it was merged into, and ratios are divided: once,
 * and rounded as `deriveMetric` rounds them, so that every door tells the same.
 *
 * @param idSql how ids are told.
 */
export function buildQuery(query: MetricQuery, idSql: IdSql): BuiltQuery {
  const wanted = query.dimensions.map((key) => dimensions[key]);
  const { conditions, parameters, depth: filteredDepth } = filterFacts(query.filters);
  const depth = Math.max(filteredDepth, ...wanted.map((each) => each.depth), 0);
  const groupedBy = new Map([['client_id', 'f.client_id']]);
  for (const { groupedBy: by } of wanted) groupedBy.set(by.name, by.sql(query.weekStartsOn));
  const parts = query.metrics.flatMap(partsOf);
  const groups = groupColumns(query);
  const joins = new Set([joinClient, ...wanted.flatMap((each) => each.joins)]);

  const level = levels[depth];
  const grouped = `
    select ${[...groupedBy].map(([name, sql]) => `${sql} as ${name}`).join(', ')},
      ${parts.map(({ name, sql }) => `${sql} as "${name}"`).join(', ')}
    from ${level ? 'daily_rollups' : 'daily_metrics'} f
    where ${level ? `f.level = '${level}' and ` : ''}f.date between ?::date and ?::date
      and ${conditions.join(' and ')}
    group by ${[...groupedBy.values()].join(', ')}`;
  const named = `
    select ${groups.map(({ key, sql }) => `${sql} as "${key}", `).join('')}
      ${parts.map(({ name }) => `sum(g."${name}") as "${name}"`).join(', ')}
    from (${grouped}) g ${[...joins].join(' ')}
    ${groups.length > 0 ? `group by ${groups.map(({ sql }) => sql).join(', ')}` : 'having count(*) > 0'}`;
  const keys = groups.map(({ key, typeName }) => {
    const own = `n."${key}"`;
    return typeName ? `${idSql(typeName, own)} as "${key}"` : own;
  });
  const values = query.metrics.map((key) => `${metricSql(key)} as "${key}"`);
  return {
    columns: [...groups.map(toColumn), ...query.metrics.map(metricColumn)],
    sql: `select ${[...keys, ...values].join(', ')} from (${named}) n`,
    parameters: [query.range.from, query.range.to, ...parameters],
  };
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
