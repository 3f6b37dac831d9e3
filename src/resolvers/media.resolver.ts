import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { Campaign } from '../domain/media/campaign.entity.ts';
import type { Creative } from '../domain/media/creative.entity.ts';
import type { Placement } from '../domain/media/placement.entity.ts';
import type { Strategy } from '../domain/media/strategy.entity.ts';
import type { Page } from '../domain/paging.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  CampaignConnection,
  CampaignType,
  CreativeConnection,
  PlacementConnection,
  PlacementType,
  StrategyConnection,
  StrategyType,
} from '../schema/media.type.ts';
import type { GraphContext } from './context.ts';

/** The way down the media hierarchy. */
@Resolver(() => ClientType)
export class CampaignsResolver {
  @FieldResolver(() => CampaignConnection, { description: 'Its campaigns, by name.' })
  campaigns(
    @Root() client: Client,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<Campaign>> {
    return loaders.campaignsOfClient(client.id, { first, after });
  }
}

@Resolver(() => CampaignType)
export class StrategiesResolver {
  @FieldResolver(() => StrategyConnection, { description: 'Its strategies, by name.' })
  strategies(
    @Root() campaign: Campaign,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<Strategy>> {
    return loaders.strategiesOfCampaign(campaign.id, { first, after });
  }
}

@Resolver(() => StrategyType)
export class PlacementsResolver {
  @FieldResolver(() => PlacementConnection, { description: 'Its placements, by name.' })
  placements(
    @Root() strategy: Strategy,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<Placement>> {
    return loaders.placementsOfStrategy(strategy.id, { first, after });
  }
}

@Resolver(() => PlacementType)
export class CreativesResolver {
  @FieldResolver(() => CreativeConnection, { description: 'Its creatives, by name.' })
  creatives(
    @Root() placement: Placement,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<Creative>> {
    return loaders.creativesOfPlacement(placement.id, { first, after });
  }
}
