import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { Problem } from '../domain/client/find-problems.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { ClientType } from '../schema/client.type.ts';
import { FreshnessType, ProblemType } from '../schema/dashboard.type.ts';
import { FeedType } from '../schema/feed.type.ts';
import { DateScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

/** How the data of a client are doing. */
@Resolver(() => ClientType)
export class ClientStateResolver {
  @FieldResolver(() => [FreshnessType], { description: 'How fresh the data of its feeds is.' })
  async freshness(
    @Root() client: Client,
    @Ctx() { loaders }: GraphContext,
  ): Promise<FreshnessType[]> {
    const feeds = await loaders.feedsOfClient.load(client.id);
    return Promise.all(
      feeds.map(async ({ id, source, name: feedName }) => {
        return { source, feedName, ...(await loaders.freshnessOfFeed(id, {})) };
      }),
    );
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The last day that all of its feeds with data have reached, but for those that are paused.',
  })
  async dataThrough(@Root() client: Client, @Ctx() context: GraphContext): Promise<string | null> {
    const feeds = await this.freshness(client, context);
    const going = feeds.filter(({ isPaused }) => !isPaused);
    const reached = (going.length > 0 ? going : feeds).flatMap(
      ({ dataThrough }) => dataThrough ?? [],
    );
    return reached.sort()[0] ?? null;
  }

  @FieldResolver(() => [ProblemType], {
    nullable: true,
    description: 'What is wrong with its data, worst first.',
  })
  @Requires('ANALYST')
  problems(@Root() client: Client, @Ctx() { loaders }: GraphContext): Promise<Problem[]> {
    return loaders.problemsOfClient(client.id, {});
  }
}

@Resolver(() => ProblemType)
export class ProblemResolver {
  @FieldResolver(() => FeedType, { nullable: true, description: 'The feed.' })
  @Requires('ANALYST')
  feed(@Root() problem: Problem, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(problem.feedId);
  }
}
