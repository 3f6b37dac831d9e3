import type { EntityClass } from '@mikro-orm/core';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { MediaLevel } from '../domain/media/levels.ts';
import { mergeEntities, unmergeEntity } from '../domain/media/merge-entities.ts';
import { type NodeOf, nodeEntities } from '../domain/media/node-entities.ts';
import { renameAlias } from '../domain/media/rename-alias.ts';
import { requestSummaries } from '../jobs/request-summaries.ts';
import {
  MediaNodePayload,
  MergeEntitiesInput,
  RenameAliasInput,
} from '../schema/media-identity.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';
import { readMediaId } from './media-grouping.resolver.ts';

/** Which names in files mean the same. */
@Resolver()
export class MediaIdentityResolver {
  @Mutation(() => MediaNodePayload, {
    description:
      'Give media another name. Files mean it by the new name and by all that it had before.',
  })
  @Requires('ADMIN')
  renameAlias(
    @Arg('input', () => RenameAliasInput, { description: 'Which, and the name.' })
    { idempotencyKey: key, ...input }: RenameAliasInput,
    @Ctx() context: GraphContext,
  ): Promise<MediaNodePayload> {
    const media = readMediaId(input.mediaId, 'mediaId');
    return change(context, media.level, { operation: 'renameAlias', key, input }, (em, actor) =>
      renameAlias(em, actor, media, input.name),
    );
  }

  @Mutation(() => MediaNodePayload, {
    description:
      'Have media count as another one of the same level from now on, with what belongs to it. The one that stays is returned.',
  })
  @Requires('ADMIN')
  mergeEntities(
    @Arg('input', () => MergeEntitiesInput, { description: 'Which into which.' })
    { idempotencyKey: key, ...input }: MergeEntitiesInput,
    @Ctx() context: GraphContext,
  ): Promise<MediaNodePayload> {
    const [merged, into] = [
      readMediaId(input.mediaId, 'mediaId'),
      readMediaId(input.intoMediaId, 'intoMediaId'),
    ];
    const call = { operation: 'mergeEntities', key, input };
    return regroup(context, into.level, call, (em, actor) =>
      mergeEntities(em, actor, merged, into),
    );
  }

  @Mutation(() => MediaNodePayload, {
    description: 'Have media that were merged into another one count for themselves again.',
  })
  @Requires('ADMIN')
  unmergeEntities(
    @Arg('mediaId', () => ID, { description: 'What was merged.' }) id: string,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description: 'Calls with the same key do it once.',
    })
    key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<MediaNodePayload> {
    const media = readMediaId(id, 'mediaId');
    const call = { operation: 'unmergeEntities', key, input: { id } };
    return regroup(context, media.level, call, (em, actor) => unmergeEntity(em, actor, media));
  }
}

async function change(
  context: GraphContext,
  level: MediaLevel,
  call: Parameters<typeof changeOnce>[2],
  make: Parameters<typeof changeOnce<NodeOf<MediaLevel>>>[3],
): Promise<MediaNodePayload> {
  const entity: EntityClass<NodeOf<MediaLevel>> = nodeEntities[level];
  return { node: await changeOnce(context, entity, call, make) };
}

/** The same, where figures change by it. */
function regroup(
  context: GraphContext,
  level: MediaLevel,
  call: Parameters<typeof changeOnce>[2],
  make: Parameters<typeof changeOnce<NodeOf<MediaLevel>>>[3],
): Promise<MediaNodePayload> {
  return change(context, level, call, async (em, actor, outbox) => {
    const node = await make(em, actor, outbox);
    await requestSummaries(em, node, outbox.add);
    return node;
  });
}
