import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { badInput } from '../domain/errors.ts';
import { listQueues, type QueueState } from '../domain/job/list-queues.ts';
import { listWorkers, type WorkerState } from '../domain/job/list-workers.ts';
import { pauseQueue, resumeQueue } from '../domain/job/pause-queue.ts';
import { queueNames } from '../jobs/registry.ts';
import { PauseQueueInput, QueuePayload, QueueType, WorkerType } from '../schema/queue.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class QueueResolver {
  @Query(() => [QueueType], { description: 'Every queue.' })
  @Requires('ANALYST')
  async queues(@Ctx() context: GraphContext): Promise<QueueState[]> {
    return listQueues(await context.em(), queueNames);
  }

  @Query(() => [WorkerType], { description: 'The workers of the last day, the alive first.' })
  @Requires('ADMIN')
  async workers(@Ctx() context: GraphContext): Promise<WorkerState[]> {
    return listWorkers(await context.em());
  }

  @Mutation(() => QueuePayload, {
    description: "Take up no more of the organization's jobs of a queue. What runs goes on.",
  })
  @Requires('ADMIN')
  async pauseQueue(
    @Arg('input', () => PauseQueueInput, { description: 'Which, and why.' })
    { queue, reason }: PauseQueueInput,
    @Ctx() context: GraphContext,
  ): Promise<QueuePayload> {
    checkQueue(queue);
    await context.mutate((em, actor) => pauseQueue(em, actor, queue, reason));
    return payloadOf(queue, context);
  }

  @Mutation(() => QueuePayload, {
    description: "Take up the organization's jobs of a queue again.",
  })
  @Requires('ADMIN')
  async resumeQueue(
    @Arg('queue', () => String, { description: "The queue's name." }) queue: string,
    @Ctx() context: GraphContext,
  ): Promise<QueuePayload> {
    checkQueue(queue);
    await context.mutate(async (em, actor, { jobRunIds }) => {
      jobRunIds.push(...(await resumeQueue(em, actor, queue)));
    });
    return payloadOf(queue, context);
  }
}

async function payloadOf(name: string, context: GraphContext): Promise<QueuePayload> {
  const [queue] = await listQueues(await context.em(), [name]);
  return { queue: queue as QueueState };
}

/** @throws {DomainError} BAD_USER_INPUT, with the names that there are. */
function checkQueue(name: string): void {
  if (!queueNames.includes(name)) {
    throw badInput(`There is no such queue; there are: ${queueNames.join(', ')}.`, 'queue');
  }
}
