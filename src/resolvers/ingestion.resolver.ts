import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { found } from '../domain/errors.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../domain/global-id.ts';
import { Backfill } from '../domain/ingestion/backfill.entity.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { ListedRejectedRow } from '../domain/ingestion/list-rejected-rows.ts';
import { listRuns } from '../domain/ingestion/list-runs.ts';
import type { RunReport } from '../domain/ingestion/report-runs.ts';
import type { RunFilter } from '../domain/ingestion/run-filter.ts';
import type { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import { type RunStatus, runStatus } from '../domain/ingestion/run-status.ts';
import { startIngestion } from '../domain/ingestion/start-ingestion.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import { resolveRange } from '../domain/requested-range.ts';
import { BackfillType } from '../schema/backfill.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { FeedType } from '../schema/feed.type.ts';
import { RunStatusEnum } from '../schema/ingestion-enums.ts';
import {
  IngestionRunConnection,
  IngestionRunPayload,
  IngestionRunType,
  RejectedRowConnection,
  RunReportType,
  RunSliceType,
  StageTimingType,
  StartIngestionInput,
} from '../schema/ingestion-run.type.ts';
import { IngestionRunFilterInput } from '../schema/ingestion-run-input.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { requestedRange } from './requested-range.ts';
import { enqueueBy } from './run-decisions.resolver.ts';

@Resolver(() => IngestionRunType)
export class IngestionResolver {
  @Query(() => IngestionRunConnection, { description: 'Ingestion runs, the newest first.' })
  @Requires('ANALYST')
  async ingestionRuns(
    @Arg('filter', () => IngestionRunFilterInput, {
      nullable: true,
      description: 'Which runs; all where left out.',
    })
    filter: IngestionRunFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<IngestionRun>> {
    return listRuns(await context.em(), await readFilter(filter ?? {}, context), page);
  }

  @Query(() => IngestionRunType, { nullable: true, description: 'One ingestion run.' })
  @Requires('ANALYST')
  async ingestionRun(
    @Arg('id', () => ID, { description: 'The run.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRun | null> {
    return (await context.em()).findOne(IngestionRun, fromGlobalId('IngestionRun', id));
  }

  @FieldResolver(() => FeedType, { nullable: true, description: 'The feed that it loads from.' })
  feed(@Root() run: IngestionRun, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(run.feedId);
  }

  @FieldResolver(() => JobRunType, { description: 'Its job: watch this, or cancel it.' })
  async jobRun(@Root() run: IngestionRun, @Ctx() { loaders }: GraphContext): Promise<JobRun> {
    return found(run.jobRunId && (await loaders.jobRun.load(run.jobRunId)), 'job') as JobRun;
  }

  @FieldResolver(() => IngestionRunType, {
    nullable: true,
    description: 'The run that this one approves, tries again, reverts or corrects.',
  })
  originRun(
    @Root() { originRunId }: IngestionRun,
    @Ctx() { loaders }: GraphContext,
  ): Promise<IngestionRun | null> | null {
    return originRunId ? loaders.byId(IngestionRun).load(originRunId) : null;
  }

  @FieldResolver(() => BackfillType, { nullable: true, description: 'What it is a chunk of.' })
  backfill(
    @Root() { backfillId }: IngestionRun,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Backfill | null> | null {
    return backfillId ? loaders.byId(Backfill).load(backfillId) : null;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The user who noted that it is dealt with, as the audit log names them.',
  })
  resolvedBy(@Root() { resolvedBy }: IngestionRun): string | null {
    return resolvedBy && toGlobalId('User', resolvedBy);
  }

  @FieldResolver(() => RunStatusEnum, { description: 'Where it is, or what it came to.' })
  async status(@Root() run: IngestionRun, @Ctx() context: GraphContext): Promise<RunStatus> {
    return runStatus(run, await this.jobRun(run, context));
  }

  @FieldResolver(() => [RunSliceType], { description: 'What it did to each day, in order.' })
  slices(@Root() run: IngestionRun, @Ctx() { loaders }: GraphContext): Promise<RunSlice[]> {
    return loaders.slicesOfRun.load(run.id);
  }

  @FieldResolver(() => RunReportType, { description: 'What it counted, over all its days.' })
  report(@Root() run: IngestionRun, @Ctx() { loaders }: GraphContext): Promise<RunReport> {
    return loaders.reportOfRun(run.id, {});
  }

  @FieldResolver(() => [StageTimingType], { description: 'Where its time went.' })
  timings(@Root() run: IngestionRun): StageTimingType[] {
    return Object.entries(run.timings).map(([stage, milliseconds]) => ({ stage, milliseconds }));
  }

  @FieldResolver(() => RejectedRowConnection, { description: 'The rows that it kept aside.' })
  rejectedRows(
    @Root() run: IngestionRun,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<ListedRejectedRow>> {
    return loaders.rejectedRowsOfRun(run.id, page);
  }

  @Mutation(() => IngestionRunPayload, {
    description:
      'Load days of a feed. A run of the same days that has not ended is returned instead.',
  })
  @Requires('ADMIN', 'INGEST')
  startIngestion(
    @Arg('input', () => StartIngestionInput, { description: 'Feed and days.' })
    input: StartIngestionInput,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRunPayload> {
    const { idempotencyKey = null } = input;
    const feedId = fromGlobalId('Feed', input.feedId);
    const request = {
      feedId,
      range: requestedRange(input),
      trigger: 'MANUAL',
      idempotencyKey,
    } as const;
    return context.mutate(async (em, actor, outbox) => ({
      run: await startIngestion(
        em,
        actor,
        { ...request, actor },
        enqueueBy(context, actor, outbox),
      ),
    }));
  }
}

async function readFilter(
  { clientId, feedId, backfillId, days, ...filter }: IngestionRunFilterInput,
  context: GraphContext,
): Promise<RunFilter> {
  return {
    ...filter,
    clientId: clientId ? fromGlobalId('Client', clientId, 'clientId') : null,
    feedId: feedId ? fromGlobalId('Feed', feedId, 'feedId') : null,
    backfillId: backfillId ? fromGlobalId('Backfill', backfillId, 'backfillId') : null,
    days: days ? resolveRange(days, await context.loaders.calendar(await context.viewer())) : null,
  };
}
