import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { timesOf } from '../domain/feed/feed-schedule.ts';
import { setFeedSchedule } from '../domain/feed/set-feed-schedule.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { Schedule } from '../domain/job/schedule.entity.ts';
import { FeedPayload, FeedType } from '../schema/feed.type.ts';
import { FeedScheduleType, SetFeedScheduleInput } from '../schema/feed-schedule.type.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => FeedScheduleType)
export class FeedScheduleResolver {
  @FieldResolver(() => [String], { description: 'Times of day, as 05:30.' })
  times(@Root() schedule: Schedule): string[] {
    return timesOf(schedule);
  }

  @FieldResolver(() => Boolean, { description: 'Whether no runs start by themselves.' })
  isPaused(@Root() { enabled }: Schedule): boolean {
    return !enabled;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'Its next turn; null while it is paused. While a file is late it comes soon.',
  })
  nextRunAt(@Root() { enabled, nextRunAt }: Schedule): Date | null {
    return enabled ? nextRunAt : null;
  }

  @Mutation(() => FeedPayload, { description: "Change when a feed's runs start by themselves." })
  @Requires('ADMIN')
  setFeedSchedule(
    @Arg('input', () => SetFeedScheduleInput, { description: 'What is left out stays as it is.' })
    { feedId, ...changes }: SetFeedScheduleInput,
    @Ctx() context: GraphContext,
  ): Promise<FeedPayload> {
    const id = fromGlobalId('Feed', feedId, 'feedId');
    return context.mutate(async (em, actor) => ({
      feed: await setFeedSchedule(em, actor, id, changes),
    }));
  }
}

@Resolver(() => FeedType)
export class FeedRunsResolver {
  @FieldResolver(() => FeedScheduleType, {
    nullable: true,
    description:
      'When its runs start; null for a feed that is uploaded to, and once its client is about to be erased.',
  })
  async schedule(
    @Root() feed: Feed,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Schedule | undefined> {
    return (await loaders.scheduleOfFeed.load(feed.id))[0];
  }

  @FieldResolver(() => IngestionRunType, { nullable: true, description: 'Its newest run.' })
  @Requires('ANALYST')
  async lastRun(
    @Root() feed: Feed,
    @Ctx() { loaders }: GraphContext,
  ): Promise<IngestionRun | null> {
    return loaders.lastRunOfFeed(feed.id, {});
  }
}
