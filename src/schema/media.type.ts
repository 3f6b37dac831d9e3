import { Field, InterfaceType, ObjectType } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { Campaign } from '../domain/media/campaign.entity.ts';
import type { Creative } from '../domain/media/creative.entity.ts';
import type { MediaStatus } from '../domain/media/media-status.ts';
import type { Placement } from '../domain/media/placement.entity.ts';
import type { Strategy } from '../domain/media/strategy.entity.ts';
import { ClientType } from './client.type.ts';
import { connectionOf } from './connection.ts';
import { MediaStatusEnum } from './media-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

@InterfaceType('MediaNode', {
  implements: NodeType,
  description: 'What the nodes of every level of the media hierarchy have.',
  resolveType: (value: object) => value.constructor.name,
})
export abstract class MediaNodeType extends NodeType {
  @Field(() => String, { description: 'Its name, as the source first wrote it.' })
  name!: string;

  @Field(() => MediaStatusEnum, { description: 'Whether it runs.' })
  status!: MediaStatus;

  @Field(() => ClientType, { description: 'The client that it belongs to.' })
  client!: Client;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was archived by hand.' })
  archivedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was first seen.' })
  createdAt!: Date;
}

type Shared = 'name' | 'archivedAt' | 'createdAt';

@ObjectType('Campaign', {
  implements: [NodeType, MediaNodeType],
  description: 'The top of the media hierarchy: one campaign of a client at one source.',
})
export class CampaignType extends MediaNodeType implements Pick<Campaign, Shared | 'source'> {
  @Field(() => String, { description: 'Where it comes from, such as SURFSIDE.' })
  source!: string;
}

@ObjectType('Strategy', {
  implements: [NodeType, MediaNodeType],
  description: 'A line of attack within a campaign: an audience, an ad set, a tactic.',
})
export class StrategyType extends MediaNodeType implements Pick<Strategy, Shared> {}

@ObjectType('Placement', {
  implements: [NodeType, MediaNodeType],
  description: "Where a strategy's media appears.",
})
export class PlacementType extends MediaNodeType implements Pick<Placement, Shared> {}

@ObjectType('Creative', {
  implements: [NodeType, MediaNodeType],
  description: 'What is shown in a placement.',
})
export class CreativeType extends MediaNodeType implements Pick<Creative, Shared | 'previewUrl'> {
  @Field(() => String, { nullable: true, description: 'Where it can be looked at.' })
  previewUrl!: string | null;
}

const counted = { isCounted: true };
export const CampaignConnection = connectionOf(() => CampaignType, 'Campaign', counted);
export const StrategyConnection = connectionOf(() => StrategyType, 'Strategy', counted);
export const PlacementConnection = connectionOf(() => PlacementType, 'Placement', counted);
export const CreativeConnection = connectionOf(() => CreativeType, 'Creative', counted);
