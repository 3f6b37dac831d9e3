import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { createFeed } from '../domain/feed/create-feed.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { type FeedTest, testFeed } from '../domain/feed/test-feed.ts';
import { updateFeed } from '../domain/feed/update-feed.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Gap } from '../domain/metrics/find-gaps.ts';
import { resolveRange } from '../domain/requested-range.ts';
import { ClientType } from '../schema/client.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import {
  CreateFeedInput,
  FeedPayload,
  FeedTestType,
  FeedType,
  GapType,
  UpdateFeedInput,
} from '../schema/feed.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => FeedType)
export class FeedResolver {
  @FieldResolver(() => ClientType, { nullable: true, description: 'The client it belongs to.' })
  client(@Root() feed: Feed, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(feed.clientId);
  }

  @FieldResolver(() => [GapType], { description: 'The days of a range without data, and why.' })
  async gaps(
    @Root() feed: Feed,
    @Arg('range', () => DateRangeInput, { description: 'The days.' }) range: DateRangeInput,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Gap[]> {
    return loaders.gapsOfFeed(feed.id, resolveRange(range, await loaders.calendar(feed)));
  }

  @Mutation(() => FeedPayload, {
    description:
      'Add a feed to a client and schedule its daily run, unless its files are uploaded.',
  })
  @Requires('ADMIN')
  createFeed(
    @Arg('input', () => CreateFeedInput, { description: 'The feed.' }) input: CreateFeedInput,
    @Ctx() context: GraphContext,
  ): Promise<FeedPayload> {
    const feed = {
      ...input,
      clientId: fromGlobalId('Client', input.clientId),
      credentialId: credentialIdOf(input),
    };
    return context.mutate(async (em, actor) => ({
      feed: await createFeed(em, actor, context.services.sources, feed),
    }));
  }

  @Mutation(() => FeedPayload, { description: "Change a feed's settings." })
  @Requires('ADMIN')
  updateFeed(
    @Arg('input', () => UpdateFeedInput, { description: 'What is left out stays as it is.' })
    { id, ...changes }: UpdateFeedInput,
    @Ctx() context: GraphContext,
  ): Promise<FeedPayload> {
    return context.mutate(async (em, actor) => ({
      feed: await updateFeed(em, actor, fromGlobalId('Feed', id), {
        ...changes,
        credentialId: credentialIdOf(changes),
      }),
    }));
  }

  @Mutation(() => FeedTestType, {
    description: 'List what a feed would take up now. Nothing is loaded or changed.',
  })
  @Requires('ADMIN')
  testFeed(
    @Arg('id', () => ID, { description: 'The feed.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<FeedTest> {
    const read: typeof context.readNow = (fn) => context.readNow(fn);
    return testFeed(read, fromGlobalId('Feed', id), context.services);
  }
}

function credentialIdOf({ credentialId }: { credentialId?: string | null }): string | null {
  return credentialId == null
    ? null
    : fromGlobalId('PlatformCredential', credentialId, 'credentialId');
}
