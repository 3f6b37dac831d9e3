import { type ClassType, Field, ObjectType } from 'type-graphql';
import { CampaignType, CreativeType, PlacementType, StrategyType } from './media.type.ts';
import { MetricsType } from './metrics.type.ts';

/** The type of a node among those that stand out by a metric. */
function rankedTypeOf<T extends object>(nodeType: () => ClassType<T>, name: string) {
  @ObjectType(`Ranked${name}`, { description: `A ${name} that stands out by a metric.` })
  class Ranked {
    @Field(nodeType, { description: `The ${name}.` })
    node!: T;

    @Field(() => MetricsType, { description: 'Its metrics over the same days.' })
    metrics!: object;
  }
  return Ranked;
}

/** The types of nodes that stand out, by level. */
export const rankedTypes = {
  campaign: rankedTypeOf(() => CampaignType, 'Campaign'),
  strategy: rankedTypeOf(() => StrategyType, 'Strategy'),
  placement: rankedTypeOf(() => PlacementType, 'Placement'),
  creative: rankedTypeOf(() => CreativeType, 'Creative'),
};
