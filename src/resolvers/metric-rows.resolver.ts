import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { snapshotInstant } from '../domain/database-clock.ts';
import { globalIdSql } from '../domain/global-id.ts';
import type { Column } from '../domain/metric-rows/columns.ts';
import type { DimensionKey } from '../domain/metric-rows/dimensions.ts';
import { findArchivedMonths } from '../domain/metric-rows/find-archived-months.ts';
import { isCovered } from '../domain/metric-rows/is-covered.ts';
import { type Cell, listMetricRows, totalRows } from '../domain/metric-rows/list-metric-rows.ts';
import type { MetricQuery } from '../domain/metric-rows/metric-query.ts';
import { resolveMetricQuery } from '../domain/metric-rows/resolve-query.ts';
import type { MonthInArchive } from '../domain/metrics/months-in-archive.ts';
import type { Grain } from '../domain/metrics/period-of.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import { PageArgs } from '../schema/connection.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import {
  CellScalar,
  MetricFiltersInput,
  MetricRowOrderInput,
  MetricRowsType,
} from '../schema/metric-rows.type.ts';
import { MonthInArchiveType } from '../schema/metrics.type.ts';
import { DimensionEnum, GrainEnum, MetricNameEnum } from '../schema/metrics-enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import type { GraphContext } from './context.ts';
import { ownFilters, rowOrder } from './own-filters.ts';

interface RowsAnswer {
  query: MetricQuery;
  columns: Column[];
}

@Resolver(() => MetricRowsType)
export class MetricRowsResolver {
  @Query(() => MetricRowsType, {
    description:
      'Metrics broken down by any dimensions. Where amounts are among them, rows of different currencies stay apart, by the column `currency` before the metrics.',
  })
  async metricRows(
    @Arg('dimensions', () => [DimensionEnum], { description: 'What a row is for, in order.' })
    dimensions: DimensionKey[],
    @Arg('metrics', () => [MetricNameEnum], { description: 'What is shown of each, in order.' })
    metrics: MetricKey[],
    @Arg('range', () => DateRangeInput, {
      description:
        "The days; presets are counted in the client's zone, where one is asked for, else the organization's.",
    })
    range: DateRangeInput,
    @Arg('filters', () => MetricFiltersInput, { nullable: true, description: 'Which facts count.' })
    filters: MetricFiltersInput | null,
    @Arg('grain', () => GrainEnum, {
      nullable: true,
      description: 'Adds the dimension of its periods in front, where it is not among them.',
    })
    grain: Grain | null,
    @Arg('orderBy', () => MetricRowOrderInput, {
      nullable: true,
      description: 'By the columns of the dimensions, where left out.',
    })
    orderBy: MetricRowOrderInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ) {
    const em = await context.em();
    const requested = { dimensions, metrics, range, grain, filters: ownFilters(filters ?? {}) };
    const query = await resolveMetricQuery(em, await context.viewer(), requested);
    const { columns, page: read } = await listMetricRows(
      em,
      query,
      rowOrder(orderBy),
      page,
      globalIdSql,
    );
    const rows = read.edges.map(({ node }) => show(node, columns));
    return { query, columns, rows, pageInfo: read.pageInfo };
  }

  @FieldResolver(() => [[CellScalar]], {
    nullable: 'items',
    description: 'The true totals of all rows, not only of the page: one row for each currency.',
  })
  async totals(@Root() { query, columns }: RowsAnswer, @Ctx() context: GraphContext) {
    const totals = await totalRows(await context.em(), query, columns, globalIdSql);
    return totals.map((row) => show(row, columns));
  }

  @FieldResolver(() => DateTimeScalar, { description: 'The instant that every number is from.' })
  async asOf(@Ctx() context: GraphContext): Promise<Date> {
    return snapshotInstant(await context.em());
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether every feed that is asked about has data for every day of the range.',
  })
  async complete(@Root() { query }: RowsAnswer, @Ctx() context: GraphContext): Promise<boolean> {
    return isCovered(await context.em(), query.filters, query.range);
  }

  @FieldResolver(() => [MonthInArchiveType], {
    description:
      'The archived months that are asked about. Rows by client, feed, source, campaign or label that tell neither days nor weeks apart count whole ones by their sums; all others have nothing of them.',
  })
  async archivedMonths(
    @Root() { query }: RowsAnswer,
    @Ctx() context: GraphContext,
  ): Promise<MonthInArchive[]> {
    return findArchivedMonths(await context.em(), query);
  }
}

/** Cells as JSON has them: decimals stay text, since its numbers would round them. */
function show(row: Cell[], columns: readonly Column[]): (string | number | null)[] {
  return row.map((cell, index) => {
    const type = columns[index]?.type;
    if (cell === null || (type !== 'INTEGER' && type !== 'FLOAT')) return cell;
    const number = Number(cell);
    return type === 'FLOAT' || Number.isSafeInteger(number) ? number : cell;
  });
}
