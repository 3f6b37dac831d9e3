import { Args, type ClassType, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { NodeLevel } from '../domain/media/levels.ts';
import { countMedia, listMedia } from '../domain/media/list-media.ts';
import { ClientConnection, ClientType } from '../schema/client.type.ts';
import {
  CampaignConnection,
  CampaignType,
  CreativeConnection,
  PlacementConnection,
  PlacementType,
  StrategyConnection,
  StrategyType,
} from '../schema/media.type.ts';
import { ClientListArgs, MediaListArgs } from '../schema/media-list.type.ts';
import type { GraphContext } from './context.ts';
import { readMediaRequest } from './media-request.ts';
import { type MetricNode, nodeSubject } from './metric-subject.ts';

interface MediaList {
  level: NodeLevel;
  name: string;
  connection: ClassType;
  args: typeof ClientListArgs | typeof MediaListArgs;
  /** Whose nodes have such a list too. */
  parents: [NodeLevel, ClassType][];
}

const ofClient: [NodeLevel, ClassType] = ['client', ClientType];
const lists: MediaList[] = [
  {
    ...{ level: 'client', name: 'clients', connection: ClientConnection },
    ...{ args: ClientListArgs, parents: [] },
  },
  {
    ...{ level: 'campaign', name: 'campaigns', connection: CampaignConnection },
    ...{ args: MediaListArgs, parents: [ofClient] },
  },
  {
    ...{ level: 'strategy', name: 'strategies', connection: StrategyConnection },
    ...{ args: MediaListArgs, parents: [ofClient, ['campaign', CampaignType]] },
  },
  {
    ...{ level: 'placement', name: 'placements', connection: PlacementConnection },
    ...{ args: MediaListArgs, parents: [ofClient, ['strategy', StrategyType]] },
  },
  {
    ...{ level: 'creative', name: 'creatives', connection: CreativeConnection },
    ...{ args: MediaListArgs, parents: [ofClient, ['placement', PlacementType]] },
  },
];

/** For clients and every level of the hierarchy, the resolver of the list of all. */
const rootLists = lists.map(({ level, name, connection, args }) => {
  @Resolver()
  class RootListResolver {
    @Query(() => connection, { description: `The ${name} that the viewer may see.` })
    async [name](
      @Args(() => args) asked: ClientListArgs | MediaListArgs,
      @Ctx() context: GraphContext,
    ) {
      const em = await context.em();
      const calendar = async () => context.loaders.calendar(await context.viewer());
      const request = await readMediaRequest(asked, { calendar }, context);
      const pages = await listMedia(em, level, null, request);
      const count = async () => countMedia(await context.em(), level, null, request.filter);
      return { ...pages.get(''), totalCount: async () => (await count()).get('') };
    }
  }
  return RootListResolver;
});

/** For each list and each type whose nodes have one, its resolver. */
const childLists = lists.flatMap(({ level, name, connection, args, parents }) =>
  parents.map(([parentLevel, parentType]) => {
    @Resolver(() => parentType)
    class ChildListResolver {
      @FieldResolver(() => connection, { description: `Its ${name}.` })
      async [name](
        @Root() parent: MetricNode,
        @Args(() => args) asked: ClientListArgs | MediaListArgs,
        @Ctx() context: GraphContext,
      ) {
        const request = await readMediaRequest(
          asked,
          nodeSubject(parent, parentLevel, context),
          context,
        );
        const { children, childCount } = context.loaders;
        const list = { level, parentLevel };
        return {
          ...(await children(parent.id, { ...list, request })),
          totalCount: () => childCount(parent.id, { ...list, filter: request.filter }),
        };
      }
    }
    return ChildListResolver;
  }),
);

export const mediaListResolvers = [...rootLists, ...childLists];
