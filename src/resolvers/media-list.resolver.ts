import type { GraphQLSchema } from 'graphql';
import { Args, type ClassType, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { NodeLevel } from '../domain/media/levels.ts';
import { countMedia, listMedia, type MediaRequest } from '../domain/media/list-media.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
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
import { fieldOf, resolveTogether } from './execution/resolve-together.ts';
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

type ListArgs = ClientListArgs | MediaListArgs;

/** For each list and each type whose nodes have one, its resolver; `resolveChildLists` has it called for many at once. */
const childLists = lists.flatMap(({ level, name, connection, args, parents }) =>
  parents.map(([parentLevel, parentType]) => {
    @Resolver(() => parentType)
    class ChildListResolver {
      @FieldResolver(() => connection, { description: `Its ${name}.` })
      async [name](
        @Root() parent: MetricNode,
        @Args(() => args) asked: ListArgs,
        @Ctx() context: GraphContext,
      ) {
        return (await listChildren([parent], { level, parentLevel }, asked, context)).at(0);
      }
    }
    return ChildListResolver;
  }),
);

/** Have the lists below nodes resolved for all nodes of a level at once. */
export function resolveChildLists(schema: GraphQLSchema): void {
  for (const { level, name, parents } of lists) {
    for (const [parentLevel] of parents) {
      resolveTogether(
        fieldOf(schema, nodeEntities[parentLevel].name, name),
        (nodes: readonly MetricNode[], asked: ListArgs, context) =>
          listChildren(nodes, { level, parentLevel }, asked, context),
      );
    }
  }
}

/** A page of what is below each of many nodes, in one statement. */
async function listChildren(
  parents: readonly MetricNode[],
  list: { level: NodeLevel; parentLevel: NodeLevel },
  asked: ListArgs,
  context: GraphContext,
) {
  const em = await context.em();
  const ids = parents.map(({ id }) => id);
  const ofParents = { level: list.parentLevel, ids };
  // Of presets there are several where it is another day for some by now.
  const pages = new Map<string, ReturnType<typeof listMedia>>();
  const pagesOf = (request: MediaRequest) => {
    const key = JSON.stringify(request);
    const known = pages.get(key) ?? listMedia(em, list.level, ofParents, request);
    pages.set(key, known);
    return known;
  };
  const hasPreset = asked.filter?.delivered?.preset || asked.orderBy?.range?.preset;
  const fixed = hasPreset ? null : await readMediaRequest(asked, undefined, context);
  const fixedPages = fixed && (await pagesOf(fixed));
  return Promise.all(
    parents.map(async (parent) => {
      const subject = nodeSubject(parent, list.parentLevel, context);
      const request = fixed ?? (await readMediaRequest(asked, subject, context));
      const page = (fixedPages ?? (await pagesOf(request))).get(parent.id);
      const count = { ...list, filter: request.filter };
      return { ...page, totalCount: () => context.loaders.childCount(parent.id, count) };
    }),
  );
}

export const mediaListResolvers = [...rootLists, ...childLists];
