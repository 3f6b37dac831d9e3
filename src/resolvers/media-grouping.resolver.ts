import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { badInput } from '../domain/errors.ts';
import { fromGlobalId, parseGlobalId } from '../domain/global-id.ts';
import { archiveMedia, type MediaId } from '../domain/media/archive-media.ts';
import { listLabels, type UsedLabel } from '../domain/media/campaign-labels.ts';
import { checkIds } from '../domain/media/check-ids.ts';
import { levels } from '../domain/media/levels.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
import { setCampaignLabels } from '../domain/media/set-campaign-labels.ts';
import {
  ArchiveMediaInput,
  ArchiveMediaPayload,
  SetCampaignLabelsInput,
  SetCampaignLabelsPayload,
  UsedLabelType,
} from '../schema/media-grouping.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

/** How people group media: by labels, and by what they put out of the way. */
@Resolver()
export class MediaGroupingResolver {
  @Query(() => [UsedLabelType], {
    description: 'The labels in use, in the order of their letters.',
  })
  async labels(
    @Arg('clientId', () => ID, { nullable: true, description: 'Only those of this client.' })
    clientId: string | null,
    @Ctx() context: GraphContext,
  ): Promise<UsedLabel[]> {
    return listLabels(await context.em(), clientId && fromGlobalId('Client', clientId, 'clientId'));
  }

  @Mutation(() => SetCampaignLabelsPayload, {
    description: 'Give labels to campaigns and take others away.',
  })
  @Requires('ADMIN')
  setCampaignLabels(
    @Arg('input', () => SetCampaignLabelsInput, { description: 'Campaigns and labels.' })
    { campaignIds, ...labels }: SetCampaignLabelsInput,
    @Ctx() context: GraphContext,
  ): Promise<SetCampaignLabelsPayload> {
    const ids = campaignIds.map((id) => fromGlobalId('Campaign', id, 'campaignIds'));
    return context.mutate(async (em, actor) => ({
      campaigns: await setCampaignLabels(em, actor, { ...labels, campaignIds: ids }),
    }));
  }

  @Mutation(() => ArchiveMediaPayload, {
    description:
      'Put media of any levels out of the way, with all that belongs to them. Data stay, and go on being loaded.',
  })
  @Requires('ADMIN')
  archiveMedia(
    @Arg('input', () => ArchiveMediaInput, { description: 'Which.' }) input: ArchiveMediaInput,
    @Ctx() context: GraphContext,
  ): Promise<ArchiveMediaPayload> {
    return changeArchived(context, input, true);
  }

  @Mutation(() => ArchiveMediaPayload, { description: 'Take archived media up again.' })
  @Requires('ADMIN')
  unarchiveMedia(
    @Arg('input', () => ArchiveMediaInput, { description: 'Which.' }) input: ArchiveMediaInput,
    @Ctx() context: GraphContext,
  ): Promise<ArchiveMediaPayload> {
    return changeArchived(context, input, false);
  }
}

function changeArchived(
  context: GraphContext,
  { ids }: ArchiveMediaInput,
  isArchived: boolean,
): Promise<ArchiveMediaPayload> {
  const named = checkIds(ids, 'ids').map((id) => readMediaId(id, 'ids'));
  return context.mutate(async (em, actor) => ({
    nodes: await archiveMedia(em, actor, named, isArchived),
  }));
}

/** @throws {DomainError} BAD_USER_INPUT for what is no id of media. */
export function readMediaId(globalId: string, field: string): MediaId {
  const parsed = parseGlobalId(globalId);
  const level = levels.find(({ name }) => nodeEntities[name].name === parsed?.type);
  if (!parsed || !level) {
    throw badInput(
      `"${globalId.slice(0, 80)}" is no id of a campaign, strategy, placement or creative.`,
      field,
    );
  }
  return { level: level.name, id: parsed.id };
}
