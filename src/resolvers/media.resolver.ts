import type DataLoader from 'dataloader';
import { type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import type { Creative } from '../domain/media/creative.entity.ts';
import type { MediaLevel } from '../domain/media/levels.ts';
import type { MediaStatus } from '../domain/media/media-status.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
import { Placement } from '../domain/media/placement.entity.ts';
import { Strategy } from '../domain/media/strategy.entity.ts';
import { ClientType } from '../schema/client.type.ts';
import { CampaignType, CreativeType, PlacementType, StrategyType } from '../schema/media.type.ts';
import { MediaStatusEnum } from '../schema/media-enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import type { GraphContext } from './context.ts';

const objectTypes: [MediaLevel, ClassType][] = [
  ['campaign', CampaignType],
  ['strategy', StrategyType],
  ['placement', PlacementType],
  ['creative', CreativeType],
];

/** For every level, the resolver of what all media have. */
export const mediaNodeResolvers = objectTypes.map(([level, objectType]) => {
  @Resolver(() => objectType)
  class MediaNodeResolver {
    @FieldResolver(() => MediaStatusEnum, { description: 'Whether it runs.' })
    status(@Root() { id }: Campaign, @Ctx() { loaders }: GraphContext): Promise<MediaStatus> {
      return loaders.statusOf(id, { level });
    }

    @FieldResolver(() => DateTimeScalar, { description: 'When it was first seen.' })
    async createdAt(
      @Root() { id, createdAt }: Campaign,
      @Ctx() { loaders }: GraphContext,
    ): Promise<Date> {
      // Lists leave it out.
      return (
        createdAt ??
        found(await loaders.byId(nodeEntities[level] as typeof Campaign).load(id), level).createdAt
      );
    }

    @FieldResolver(() => ClientType, { description: 'The client that it belongs to.' })
    async client(
      @Root() { clientId }: Campaign,
      @Ctx() { loaders }: GraphContext,
    ): Promise<Client> {
      return found(await loaders.client.load(clientId), 'client');
    }
  }
  return MediaNodeResolver;
});

@Resolver(() => CampaignType)
export class CampaignResolver {
  @FieldResolver(() => [String], { description: 'What it is labelled with.' })
  labels(@Root() campaign: Campaign, @Ctx() { loaders }: GraphContext): Promise<string[]> {
    return loaders.labelsOfCampaign(campaign.id, {});
  }
}

@Resolver(() => StrategyType)
export class StrategyResolver {
  @FieldResolver(() => CampaignType, { description: 'The campaign that it belongs to.' })
  campaign(@Root() strategy: Strategy, @Ctx() { loaders }: GraphContext): Promise<Campaign> {
    return loadMerged(loaders.byId(Campaign), strategy.campaignId);
  }
}

@Resolver(() => PlacementType)
export class PlacementResolver {
  @FieldResolver(() => StrategyType, { description: 'The strategy that it belongs to.' })
  strategy(@Root() placement: Placement, @Ctx() { loaders }: GraphContext): Promise<Strategy> {
    return loadMerged(loaders.byId(Strategy), placement.strategyId);
  }
}

@Resolver(() => CreativeType)
export class CreativeResolver {
  @FieldResolver(() => PlacementType, { description: 'The placement that it belongs to.' })
  placement(@Root() creative: Creative, @Ctx() { loaders }: GraphContext): Promise<Placement> {
    return loadMerged(loaders.byId(Placement), creative.placementId);
  }
}

/** A node, or the one that it was merged into. */
async function loadMerged<T extends { canonicalId: string | null }>(
  loader: DataLoader<string, T | null>,
  id: string,
): Promise<T> {
  const node = found(await loader.load(id), 'node');
  return node.canonicalId ? found(await loader.load(node.canonicalId), 'node') : node;
}
