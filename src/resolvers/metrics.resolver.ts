import { Arg, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { checkRange } from '../domain/calendar.ts';
import { found } from '../domain/errors.ts';
import { isAtLeast } from '../domain/identity/viewer.ts';
import { type ShownMetrics, showMetrics } from '../domain/metrics/show-metrics.ts';
import type { MetricGroup } from '../domain/metrics/sum-metrics.ts';
import { ClientType } from '../schema/client.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { CampaignType, CreativeType, PlacementType, StrategyType } from '../schema/media.type.ts';
import { MetricsType } from '../schema/metrics.type.ts';
import type { GraphContext } from './context.ts';

const groups: [MetricGroup, ClassType][] = [
  ['client', ClientType],
  ['campaign', CampaignType],
  ['strategy', StrategyType],
  ['placement', PlacementType],
  ['creative', CreativeType],
];

/** For clients and every level of the hierarchy, the resolver of `metrics`. */
export const metricsResolvers = groups.map(([group, objectType]) => {
  @Resolver(() => objectType)
  class MetricsResolver {
    @FieldResolver(() => MetricsType, { description: 'Its totals and ratios over a range.' })
    async metrics(
      @Root() root: { id: string; clientId?: string },
      @Arg('range', () => DateRangeInput, { description: 'The days.' }) range: DateRangeInput,
      @Ctx() context: GraphContext,
    ): Promise<ShownMetrics & { currency: string }> {
      const { from, to } = checkRange(range);
      const [totals, client] = await Promise.all([
        context.loaders.metrics[group](root.id, { from, to }),
        context.loaders.client.load(root.clientId ?? root.id),
      ]);
      const metrics = showMetrics(totals, isAtLeast(await context.viewer(), 'ANALYST'));
      return { ...metrics, currency: found(client, 'client').currency };
    }
  }
  return MetricsResolver;
});
