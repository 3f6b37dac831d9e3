import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { NodeLevel } from '../domain/media/levels.ts';
import {
  buildSeries,
  type Coverage,
  coverageOf,
  lacksMostOf,
} from '../domain/metrics/build-series.ts';
import {
  comparedRange,
  compareMetrics,
  type MetricChange,
} from '../domain/metrics/compare-metrics.ts';
import { type MonthInArchive, monthsInArchive } from '../domain/metrics/months-in-archive.ts';
import { canBeArchived } from '../domain/metrics/old-months.ts';
import type { Grain } from '../domain/metrics/period-of.ts';
import { type MetricKey, visibleMetrics } from '../domain/metrics/registry.ts';
import { ClientType } from '../schema/client.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { CampaignType, CreativeType, PlacementType, StrategyType } from '../schema/media.type.ts';
import {
  CompareToInput,
  CoverageType,
  MetricChangeType,
  MetricsComparisonType,
  MetricsPointType,
  MetricsType,
  MonthInArchiveType,
} from '../schema/metrics.type.ts';
import { GrainEnum, MetricNameEnum } from '../schema/metrics-enums.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { factsAsked } from './facts-asked.ts';
import {
  type MetricNode,
  metricsOf,
  metricsOfNodes,
  nodeSubject,
  type SubjectMetrics,
  seesInternal,
} from './metric-subject.ts';

const groups: [NodeLevel, ClassType][] = [
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
    /** Declared here; `resolveMetrics` has it resolved for all nodes of a level at once. */
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
    ): Promise<SubjectMetrics | undefined> {
      return (await metricsOfNodes([node], group, { range, compareTo }, context)).at(0);
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
      @Info() info: GraphQLResolveInfo,
    ) {
      const subject = nodeSubject(node, group, context);
      const days = await daysOf(range, subject);
      const weekStartsOn = grain === 'WEEK' ? (await subject.calendar()).weekStartsOn : 1;
      const facts = factsAsked(info, 'metrics');
      const request = { ...days, grain, weekStartsOn, facts };
      const [totals, gaps, withInternal] = await Promise.all([
        context.loaders.series[group](node.id, request),
        subject.gaps(days),
        seesInternal(context),
      ]);
      const points = buildSeries(request, totals, gaps);
      // What is known of the range is known of each of its points.
      const ofPoint = { ...subject, gaps: async () => gaps };
      const shown = fillGaps ? points : points.filter((point) => point.totals);
      return shown.map((point) => {
        const { from, to, totals } = point;
        const metrics = totals && { from, to, totals, withInternal, subject: ofPoint };
        return { ...point, metrics };
      });
    }
  }
  return NodeMetricsResolver;
});

/** What is asked of metrics now and then. */
@Resolver(() => MetricsType)
export class MetricsResolver {
  @FieldResolver(() => String, { description: 'ISO 4217 code of all amounts.' })
  currency(@Root() { subject }: SubjectMetrics): Promise<string> {
    return subject.currency();
  }

  @FieldResolver(() => CoverageType, {
    description: 'Whether there is all the data that is to be expected of the range.',
  })
  async coverage(@Root() { subject, from, to }: SubjectMetrics): Promise<Coverage> {
    return coverageOf({ from, to }, await subject.gaps({ from, to }));
  }

  @FieldResolver(() => [MonthInArchiveType], {
    description:
      'The archived months among the days. Clients and campaigns count whole ones by their sums; else there is nothing of them in the figures.',
  })
  async archivedMonths(@Root() { subject, from, to }: SubjectMetrics): Promise<MonthInArchive[]> {
    if (!canBeArchived(from)) return [];
    const days = { from, to };
    const gaps = await subject.gaps(days);
    const within = gaps.map((ofFeed) => ofFeed.filter(({ date }) => date >= from && date <= to));
    return monthsInArchive(within, subject.summedMonths?.(days) ?? null);
  }

  @FieldResolver(() => MetricsComparisonType, {
    nullable: true,
    description: 'The range beside the one of `compareTo`; null without it.',
  })
  async comparison(@Root() values: SubjectMetrics, @Ctx() context: GraphContext) {
    const { subject, compareTo, preset } = values;
    if (!compareTo) return null;
    const range = comparedRange(compareTo, values, preset, await subject.calendar());
    return { values, metrics: await metricsOf(subject, range, context) };
  }
}

@Resolver(() => MetricsComparisonType)
export class MetricsComparisonResolver {
  @FieldResolver(() => [MetricChangeType], { description: 'The change of each metric.' })
  async changes(
    @Root() { values, metrics: bases }: { values: SubjectMetrics; metrics: SubjectMetrics },
    @Arg('metrics', () => [MetricNameEnum], {
      nullable: true,
      description: 'Only these; else all that the viewer may see.',
    })
    wanted: MetricKey[] | null,
  ): Promise<MetricChange[]> {
    const visible = visibleMetrics(values.withInternal);
    const keys = wanted?.filter((key) => visible.includes(key)) ?? visible;
    const isBasePartial = lacksMostOf(
      bases,
      await bases.subject.gaps(bases),
      bases.subject.summedMonths?.(bases),
    );
    return compareMetrics(values.totals, bases.totals, keys, isBasePartial);
  }
}
