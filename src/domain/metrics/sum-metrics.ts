import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidList } from '../array-literal.ts';
import { countDays, type DateRange, type LocalDate } from '../calendar.ts';
import { badInput } from '../errors.ts';
import type { NodeLevel } from '../media/levels.ts';
import { readRows } from '../read-rows.ts';
import { oldMonthsOf } from './old-months.ts';
import { type Grain, periodOf } from './period-of.ts';
import { sumsByNode } from './sums-by-node.ts';
import {
  type FactColumn,
  type FactSums,
  factColumns,
  gatherTotals,
  type Totals,
} from './totals.ts';

interface Node {
  id: string;
  into_id: string | null;
  is_mixed: boolean;
}
type Row = FactSums & Node & { period: LocalDate };

/**
 * Sum the facts of each of many clients, campaigns, strategies, placements or creatives in one statement.
 *
 * What was merged into another counts towards that other one.
 *
 * @param range days, both ends included.
 * @param columns the facts that are summed; the totals have no others.
 * @returns totals by id; none of an id without a row.
 */
export async function sumMetrics(
  em: EntityManager,
  group: NodeLevel,
  ids: readonly string[],
  range: DateRange,
  columns: readonly FactColumn[] = factColumns,
): Promise<Map<string, Totals>> {
  const totals = gatherTotals(await readSums(em, group, ids, range, { columns }), ({ id }) => id);
  return new Map(ids.map((id) => [id, totals.get(id) ?? []]));
}

/**
 * Sums of nodes, or of each of their periods. Most nodes have rows that all report the same facts; those that do not
 * are read once more, apart.
 */
async function readSums(
  em: EntityManager,
  group: NodeLevel,
  ids: readonly string[],
  range: DateRange,
  summed: { columns: readonly FactColumn[]; period?: string },
  isByMonth = summed.period === undefined,
): Promise<Row[]> {
  const { from, to } = range;
  const read = (nodeIds: readonly string[], isApart: boolean) => {
    const { sql, parameter } = uuidList(nodeIds, '$1');
    return readRows<Row>(em, sumsByNode(group, { ...summed, ids: sql, isApart }), [
      parameter,
      from,
      to,
    ]);
  };
  const rows = await read(ids, false);
  const months = isByMonth ? oldMonthsOf(group, range) : null;
  const ofMonths = months ? await readMonths(em, group, ids, months, summed) : [];
  const mixed = new Set(rows.filter((row) => row.is_mixed).map(({ id }) => id));
  const apart = mixed.size > 0 ? await read([...mixed], true) : [];
  return withMerged([
    ...(mixed.size > 0 ? rows.filter(({ id }) => !mixed.has(id)) : rows),
    ...apart.filter(({ id }) => mixed.has(id)),
    ...ofMonths,
  ]);
}

/** What stays of whole months whose days are archived; of all others there is nothing. */
function readMonths(
  em: EntityManager,
  group: NodeLevel,
  ids: readonly string[],
  { from, to }: DateRange,
  summed: { columns: readonly FactColumn[]; period?: string },
): Promise<Row[]> {
  const { sql, parameter } = uuidList(ids, '$1');
  const grouping = { ...summed, ids: sql, isApart: true, from: 'monthly_rollups' } as const;
  return readRows<Row>(em, sumsByNode(group, grouping), [parameter, from, to]);
}

/** Rows of what was merged count towards itself, where it is asked for, and towards what it was merged into. */
function withMerged(rows: Row[]): Row[] {
  return rows.flatMap((row) => (row.into_id ? [row, { ...row, id: row.into_id }] : [row]));
}

const mostDays = 100_000;

/** How a series is cut into periods. */
export interface SeriesRequest extends DateRange {
  grain: Grain;
  weekStartsOn: number;
  /** The facts that are summed, where not all are. */
  facts?: readonly FactColumn[];
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
  group: NodeLevel,
  ids: readonly string[],
  { from, to, grain, weekStartsOn, facts = factColumns }: SeriesRequest,
): Promise<Map<string, Map<LocalDate, Totals>>> {
  if (ids.length * countDays({ from, to }) > mostDays) {
    throw badInput(`Series may have ${mostDays} days in all: ask for fewer, or for less.`, 'range');
  }
  const period = periodOf('f.date', grain, weekStartsOn);
  const summed = { columns: facts, period };
  const rows = await readSums(em, group, ids, { from, to }, summed, grain === 'MONTH');
  const byId = Map.groupBy(rows, ({ id }) => id);
  const seriesOf = (id: string) => gatherTotals(byId.get(id) ?? [], ({ period }) => period);
  return new Map(ids.map((id) => [id, seriesOf(id)]));
}
