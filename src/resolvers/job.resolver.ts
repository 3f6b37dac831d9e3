import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { DomainError } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { isAtLeast, requireScope } from '../domain/identity/viewer.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { listJobs } from '../domain/job/list-jobs.ts';
import { setJobPriority } from '../domain/job/set-job-priority.ts';
import type { Page } from '../domain/paging.ts';
import { ingestFeed } from '../jobs/ingest-feed.job.ts';
import { retryJob } from '../jobs/retry-job.ts';
import { stopJob } from '../jobs/stop-job.ts';
import { watchJobRun } from '../jobs/watch-job-run.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  JobFilterInput,
  JobRunConnection,
  JobRunPayload,
  JobRunType,
} from '../schema/job-run.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => JobRunType)
export class JobResolver {
  @Query(() => JobRunConnection, { description: 'Jobs, the newest first.' })
  @Requires('ANALYST')
  async jobs(
    @Arg('filter', () => JobFilterInput, { nullable: true, description: 'Only some of them.' })
    filter: JobFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<JobRun>> {
    const clientId = filter?.clientId && fromGlobalId('Client', filter.clientId);
    return listJobs(await context.em(), { ...filter, clientId: clientId || null }, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client that it is for.' })
  client(@Root() run: JobRun, @Ctx() { loaders }: GraphContext): Promise<Client | null> | null {
    return run.clientId ? loaders.client.load(run.clientId) : null;
  }

  @Mutation(() => JobRunPayload, {
    description: 'Ask that a job end: at once where it waits, at its next step where it runs.',
  })
  @Requires('ADMIN', 'INGEST')
  cancelJob(
    @Arg('id', () => ID, { description: 'The job.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const jobRunId = fromGlobalId('JobRun', id);
    return changeJob(context, (em, actor) => stopJob(em, actor, jobRunId));
  }

  @Mutation(() => JobRunPayload, {
    description: 'Try a job again that failed or was cancelled. What it had done stays done.',
  })
  @Requires('ADMIN', 'INGEST')
  retryJob(
    @Arg('id', () => ID, { description: 'The job.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const jobRunId = fromGlobalId('JobRun', id);
    return changeJob(context, (em, actor, outbox) => retryJob(em, actor, outbox, jobRunId));
  }

  @Mutation(() => JobRunPayload, {
    description: 'Put a waiting job before or behind others of the organization.',
  })
  @Requires('ADMIN')
  setJobPriority(
    @Arg('id', () => ID, { description: 'The job.' }) id: string,
    @Arg('priority', () => Int, { description: '0 to 10; the higher goes first, most have 5.' })
    priority: number,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const jobRunId = fromGlobalId('JobRun', id);
    return changeJob(context, (em, actor) => setJobPriority(em, actor, jobRunId, priority));
  }

  @Subscription(() => JobRunType, {
    description:
      'A job as it is now, and then at every change until it has ended; for CLIENT viewers, one that they asked for.',
    subscribe: ({ args, context }) =>
      subscribeToJob(fromGlobalId('JobRun', String(args.id)), context as GraphContext),
  })
  jobProgress(
    @Arg('id', () => ID, { description: 'The job.' }) _: string,
    @Root() jobRun: JobRun,
  ): JobRun {
    return jobRun;
  }
}

/**
 * Change a job, and tell those who watch it.
 *
 * @throws {DomainError} FORBIDDEN: a service token asks, and the job does not ingest.
 */
async function changeJob(
  context: GraphContext,
  change: Parameters<typeof context.mutate<JobRun>>[0],
): Promise<JobRunPayload> {
  const jobRun = await context.mutate(async (em, actor, outbox) => {
    const changed = await change(em, actor, outbox);
    if (actor.serviceToken && changed.queue !== ingestFeed.queue) {
      throw new DomainError('FORBIDDEN', 'A service token changes jobs of ingestion only.');
    }
    return changed;
  });
  const { id: jobRunId, sequence, cancelRequestedAt } = jobRun;
  const isWish = cancelRequestedAt !== null;
  await context.services.announcer.announce({ jobRunId, sequence, isWish });
  return { jobRun };
}

/** Each state is read as the viewer that the token stands for at that moment. */
export async function subscribeToJob(jobRunId: string, context: GraphContext) {
  const viewer = await context.viewer();
  requireScope(viewer, 'READ');
  // Who may watch their own jobs alone is told so before anything is sent.
  if (!isAtLeast(viewer, 'ANALYST')) await context.readJobRun(jobRunId);
  const { announcer, rereadMs } = context.services;
  return watchJobRun(jobRunId, {
    announcer,
    rereadMs,
    read: () => context.readJobRun(jobRunId),
  });
}
