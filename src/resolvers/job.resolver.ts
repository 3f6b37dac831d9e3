import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { requireRole } from '../domain/identity/viewer.ts';
import { cancelJob } from '../domain/job/cancel-job.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { watchJobRun } from '../jobs/watch-job-run.ts';
import { fromGlobalId } from '../schema/global-id.ts';
import { CancelJobPayload, JobRunType } from '../schema/job-run.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class JobResolver {
  @Mutation(() => CancelJobPayload, {
    description: 'Ask that a job end: at once where it waits, at its next step where it runs.',
  })
  @Requires('ADMIN')
  async cancelJob(
    @Arg('id', () => ID, { description: 'The job.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<CancelJobPayload> {
    const jobRunId = fromGlobalId('JobRun', id);
    const jobRun = await context.mutate((em, actor) => cancelJob(em, actor, jobRunId));
    await context.services.announcer.announce({ jobRunId, sequence: jobRun.sequence });
    return { jobRun };
  }

  @Subscription(() => JobRunType, {
    description: 'A job as it is now, and then at every change until it has ended.',
    subscribe: ({ args, context }) => subscribeToJob(String(args.id), context as GraphContext),
  })
  jobProgress(
    @Arg('id', () => ID, { description: 'The job.' }) _: string,
    @Root() jobRun: JobRun,
  ): JobRun {
    return jobRun;
  }
}

/** Each state is read as the viewer that the token stands for at that moment. */
async function subscribeToJob(globalId: string, context: GraphContext) {
  requireRole(await context.viewer(), 'ANALYST');
  const jobRunId = fromGlobalId('JobRun', globalId);
  const { announcer, rereadMs } = context.services;
  return watchJobRun(jobRunId, {
    announcer,
    rereadMs,
    read: () => context.readNow((em) => em.findOne(JobRun, jobRunId)),
  });
}
