import { Arg, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { buildSeries, type Coverage, coverageOf } from '../domain/metrics/build-series.ts';
import {
  comparedRange,
  compareMetrics,
  type MetricChange,
} from '../domain/metrics/compare-metrics.ts';
import type { MetricGroup } from '../domain/metrics/facts-of.ts';
import type { Grain } from '../domain/metrics/period-of.ts';
import { type MetricKey, metricKeys, metrics } from '../domain/metrics/registry.ts';
import { resolveRange } from '../domain/requested-range.ts';
import { ClientType } from '../schema/client.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { GrainEnum, MetricNameEnum } from '../schema/enums.ts';
import { CampaignType, CreativeType, PlacementType, StrategyType } from '../schema/media.type.ts';
import {
  CompareToInput,
  CoverageType,
  MetricChangeType,
  MetricsComparisonType,
  MetricsPointType,
  MetricsType,
} from '../schema/metrics.type.ts';
import type { GraphContext } from './context.ts';
import {
  calendarFor,
  clientOf,
  gapsOf,
  type MetricNode,
  metricsOf,
  type NodeMetrics,
  seesInternal,
  showTotals,
} from './metrics-of.ts';

const groups: [MetricGroup, ClassType][] = [
  ['client', ClientType],
  ['campaign', CampaignType],
  ['strategy', StrategyType],
  ['placement', PlacementType],
  ['creative', CreativeType],
];

/** For clients and every level of the hierarchy, the resolver of `metrics` and `timeSeries`. */
export const nodeMetricsResolvers = groups.map(([group, objectType]) => {
  @Resolver(() => objectType)
  class NodeMetricsResolver {
    @FieldResolver(() => MetricsType, { description: 'Its totals and ratios over a range.' })
    async metrics(
      @Root() node: MetricNode,
      @Arg('range', () => DateRangeInput, { description: 'The days.' }) range: DateRangeInput,
      @Arg('compareTo', () => CompareToInput, {
        nullable: true,
        description: 'What `comparison` compares with.',
      })
      compareTo: CompareToInput | null,
      @Ctx() context: GraphContext,
    ): Promise<NodeMetrics> {
      const { preset = null } = range;
      const days = await daysOf(range, node, context);
      return metricsOf({ ...days, node, group, preset, compareTo }, context);
    }

    @FieldResolver(() => [MetricsPointType], {
      description: 'Its metrics by day, week or month; without data a point says why.',
    })
    async timeSeries(
      @Root() node: MetricNode,
      @Arg('range', () => DateRangeInput, { description: 'The days.' }) range: DateRangeInput,
      @Arg('grain', () => GrainEnum, { defaultValue: 'DAY', description: 'How long periods are.' })
      grain: Grain,
      @Arg('fillGaps', () => Boolean, {
        defaultValue: true,
        description: 'Whether periods without data are points as well.',
      })
      fillGaps: boolean,
      @Ctx() context: GraphContext,
    ) {
      const days = await daysOf(range, node, context);
      const weekStartsOn = grain === 'WEEK' ? (await calendarFor(node, context)).weekStartsOn : 1;
      const request = { ...days, grain, weekStartsOn };
      const [totals, gaps, withInternal] = await Promise.all([
        context.loaders.series[group](node.id, request),
        gapsOf({ node, group }, days, context),
        seesInternal(context),
      ]);
      const points = buildSeries(request, totals, gaps);
      return (fillGaps ? points : points.filter((point) => point.totals)).map((point) => ({
        ...point,
        metrics: point.totals && showTotals(point.totals, { ...point, node, group }, withInternal),
      }));
    }
  }
  return NodeMetricsResolver;
});

/** What is asked of metrics now and then. */
@Resolver(() => MetricsType)
export class MetricsResolver {
  @FieldResolver(() => String, { description: 'ISO 4217 code of all amounts.' })
  async currency(@Root() { node }: NodeMetrics, @Ctx() context: GraphContext): Promise<string> {
    return (await clientOf(node, context)).currency;
  }

  @FieldResolver(() => CoverageType, {
    description: 'Whether there is all the data that is to be expected of the range.',
  })
  async coverage(@Root() scope: NodeMetrics, @Ctx() context: GraphContext): Promise<Coverage> {
    return coverageOf(scope, await gapsOf(scope, scope, context));
  }

  @FieldResolver(() => MetricsComparisonType, {
    nullable: true,
    description: 'The range beside the one of `compareTo`; null without it.',
  })
  async comparison(@Root() scope: NodeMetrics, @Ctx() context: GraphContext) {
    if (!scope.compareTo) return null;
    const calendar = await calendarFor(scope.node, context);
    const range = comparedRange(scope.compareTo, scope, scope.preset, calendar);
    const { node, group } = scope;
    return { values: scope, metrics: await metricsOf({ ...range, node, group }, context) };
  }
}

@Resolver(() => MetricsComparisonType)
export class MetricsComparisonResolver {
  @FieldResolver(() => [MetricChangeType], { description: 'The change of each metric.' })
  async changes(
    @Root() { values, metrics: bases }: { values: NodeMetrics; metrics: NodeMetrics },
    @Arg('metrics', () => [MetricNameEnum], {
      nullable: true,
      description: 'Only these; else all that the viewer may see.',
    })
    wanted: MetricKey[] | null,
    @Ctx() context: GraphContext,
  ): Promise<MetricChange[]> {
    const withInternal = await seesInternal(context);
    const visible = metricKeys.filter((key) => withInternal || !metrics[key].isInternal);
    return compareMetrics(values, bases, wanted ?? visible);
  }
}

/** The days of a range, as a node's client counts them. */
async function daysOf(range: DateRangeInput, node: MetricNode, context: GraphContext) {
  // Without a preset nobody needs to know what day it is for the client.
  const calendar = range.preset ? await calendarFor(node, context) : { today: '', weekStartsOn: 1 };
  return resolveRange(range, calendar);
}
