import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Campaign } from '../domain/media/campaign.entity.ts';
import type { UsedLabel } from '../domain/media/campaign-labels.ts';
import type { MediaLevel } from '../domain/media/levels.ts';
import type { NodeOf } from '../domain/media/node-entities.ts';
import type { LabelChanges } from '../domain/media/set-campaign-labels.ts';
import { CampaignType, MediaNodeType } from './media.type.ts';

@ObjectType('UsedLabel', { description: 'A label that campaigns have.' })
export class UsedLabelType implements UsedLabel {
  @Field(() => String, { description: 'What it says.' })
  label!: string;

  @Field(() => Int, { description: 'How many campaigns have it.' })
  campaigns!: number;
}

@InputType()
export class SetCampaignLabelsInput implements LabelChanges {
  @Field(() => [ID], { description: 'The campaigns, 1 to 1,000.' })
  campaignIds!: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Labels that they get, each of 1 to 100 characters, the same whatever its case; at most 20 a campaign.',
  })
  add?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Labels that they lose, save those that they get.',
  })
  remove?: string[] | null;
}

@ObjectType({ description: 'Campaigns whose labels were set.' })
export class SetCampaignLabelsPayload {
  @Field(() => [CampaignType], {
    description: 'The campaigns as they are now, as they were named.',
  })
  campaigns!: Campaign[];
}

@InputType()
export class ArchiveMediaInput {
  @Field(() => [ID], {
    description: 'Campaigns, strategies, placements and creatives, 1 to 1,000.',
  })
  ids!: string[];
}

@ObjectType({ description: 'Media that were archived, or taken up again.' })
export class ArchiveMediaPayload {
  @Field(() => [MediaNodeType], { description: 'They, as they are now, as they were named.' })
  nodes!: NodeOf<MediaLevel>[];
}
