import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { countDays, type DateRange, type LocalDate } from '../calendar.ts';
import { badInput } from '../errors.ts';
import { factsOf, type MetricGroup } from './facts-of.ts';
import { noTotals, toTotals, totalColumns } from './metric-columns.ts';
import { type Grain, periodOf } from './period-of.ts';
import type { MetricTotals } from './ratios.ts';

type Row = Record<string, string | null>;

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
  const rows = await em.execute<Row[]>(
    `select e.id, ${totalColumns} from ${factsOf(group)} group by 1`,
    [arrayLiteral(ids), range.from, range.to],
  );
  const totals = new Map(rows.map((row) => [row.id ?? '', toTotals(row)]));
  return new Map(ids.map((id) => [id, totals.get(id) ?? noTotals]));
}

const mostDays = 100_000;

/** How a series is cut into periods. */
export interface SeriesRequest extends DateRange {
  grain: Grain;
  weekStartsOn: number;
}

/**
 * The same, for each day, week or month.
 *
 * @returns by id, the totals of the periods that have rows, by the first day of the period (which may lie
 *   before the range, where that begins amid a week or month).
 * @throws {DomainError} BAD_USER_INPUT for more points than anyone can look at.
 */
export async function sumSeries(
  em: EntityManager,
  group: MetricGroup,
  ids: readonly string[],
  { from, to, grain, weekStartsOn }: SeriesRequest,
): Promise<Map<string, Map<LocalDate, MetricTotals>>> {
  if (ids.length * countDays({ from, to }) > mostDays) {
    throw badInput(`Series may have ${mostDays} days in all: ask for fewer, or for less.`, 'range');
  }
  const rows = await em.execute<Row[]>(
    `select e.id, ${periodOf('f.date', grain, weekStartsOn)}::text as period, ${totalColumns}
     from ${factsOf(group)} group by 1, 2`,
    [arrayLiteral(ids), from, to],
  );
  const series = new Map<string, Map<LocalDate, MetricTotals>>(ids.map((id) => [id, new Map()]));
  for (const row of rows) series.get(row.id ?? '')?.set(row.period ?? '', toTotals(row));
  return series;
}
