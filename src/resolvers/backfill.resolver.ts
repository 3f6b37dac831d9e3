import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { found } from '../domain/errors.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { calendarOf } from '../domain/identity/calendar-of.ts';
import { Backfill } from '../domain/ingestion/backfill.entity.ts';
import { listBackfills } from '../domain/ingestion/list-backfills.ts';
import type { BackfillProgress } from '../domain/ingestion/measure-backfills.ts';
import { startBackfill } from '../domain/ingestion/start-backfill.ts';
import {
  cancelBackfill,
  pauseBackfill,
  resumeBackfill,
} from '../domain/ingestion/steer-backfill.ts';
import type { Page } from '../domain/paging.ts';
import { resolveRange } from '../domain/requested-range.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import {
  BackfillConnection,
  BackfillInput,
  BackfillPayload,
  BackfillProgressType,
  BackfillType,
} from '../schema/backfill.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { FeedType } from '../schema/feed.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';
import { enqueueBy } from './run-decisions.resolver.ts';

const idOfBackfill = { description: 'The backfill.' };
const keyOfCall = { nullable: true, description: 'Calls with the same key do it once.' };

@Resolver(() => BackfillType)
export class BackfillResolver {
  @Query(() => BackfillConnection, { description: 'Backfills, the newest first.' })
  @Requires('ANALYST')
  async backfills(
    @Arg('feedId', () => ID, { nullable: true, description: 'Only those of this feed.' })
    feedId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Backfill>> {
    return listBackfills(await context.em(), feedId && fromGlobalId('Feed', feedId), page);
  }

  @FieldResolver(() => FeedType, { nullable: true, description: 'The feed that it loads from.' })
  feed(@Root() backfill: Backfill, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(backfill.feedId);
  }

  @FieldResolver(() => BackfillProgressType, { description: 'How far it is.' })
  progress(
    @Root() backfill: Backfill,
    @Ctx() { loaders }: GraphContext,
  ): Promise<BackfillProgress> {
    return loaders.progressOfBackfill(backfill.id, {});
  }

  @Mutation(() => BackfillPayload, {
    description:
      'Load past days of a feed, in chunks that let all other work go first. What was loaded whole, or is being loaded, is left out.',
  })
  @Requires('ADMIN', 'INGEST')
  async backfill(
    @Arg('input', () => BackfillInput, { description: 'Feed and days.' })
    { idempotencyKey: key, range, ...input }: BackfillInput,
    @Ctx() context: GraphContext,
  ): Promise<BackfillPayload> {
    const feedId = fromGlobalId('Feed', input.feedId, 'feedId');
    const call = { operation: 'backfill', key, input: { ...input, range } };
    const backfill = await changeOnce(context, Backfill, call, async (em, actor, outbox) => {
      const feed = found(await em.findOne(Feed, feedId), 'feed');
      const days = resolveRange(range, await calendarOf(em, feed));
      const { chunkDays, again } = input;
      const request = { ...days, chunkDays, again, actor };
      const enqueue = enqueueBy(context, actor, outbox, 0);
      return (await startBackfill(em, actor, feed, request, enqueue)).backfill;
    });
    return { backfill };
  }

  @Mutation(() => BackfillPayload, {
    description: 'Take up no more of a backfill for now; the run that is under way goes on.',
  })
  @Requires('ADMIN', 'INGEST')
  pauseBackfill(
    @Arg('id', () => ID, idOfBackfill) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<BackfillPayload> {
    return steer(context, 'pauseBackfill', id, key, (em, actor, _, own) =>
      pauseBackfill(em, actor, own),
    );
  }

  @Mutation(() => BackfillPayload, { description: 'Go on with a backfill that is paused.' })
  @Requires('ADMIN', 'INGEST')
  resumeBackfill(
    @Arg('id', () => ID, idOfBackfill) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<BackfillPayload> {
    return steer(context, 'resumeBackfill', id, key, async (em, actor, outbox, own) => {
      const { backfill, jobRunIds } = await resumeBackfill(em, actor, own);
      outbox.jobRunIds.push(...jobRunIds);
      return backfill;
    });
  }

  @Mutation(() => BackfillPayload, {
    description: 'End a backfill. Days that were loaded stay.',
  })
  @Requires('ADMIN', 'INGEST')
  cancelBackfill(
    @Arg('id', () => ID, idOfBackfill) id: string,
    @Arg('idempotencyKey', () => String, keyOfCall) key: string | null,
    @Ctx() context: GraphContext,
  ): Promise<BackfillPayload> {
    return steer(context, 'cancelBackfill', id, key, (em, actor, _, own) =>
      cancelBackfill(em, actor, own),
    );
  }
}

async function steer(
  context: GraphContext,
  operation: string,
  globalId: string,
  key: string | null,
  change: (em: EntityManager, actor: Actor, outbox: Outbox, id: string) => Promise<Backfill>,
): Promise<BackfillPayload> {
  const id = fromGlobalId('Backfill', globalId);
  const call = { operation, key, input: { id } };
  const backfill = await changeOnce(context, Backfill, call, (em, actor, outbox) =>
    change(em, actor, outbox, id),
  );
  return { backfill };
}
