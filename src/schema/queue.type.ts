import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { QueueState } from '../domain/job/list-queues.ts';
import type { WorkerState } from '../domain/job/list-workers.ts';
import { JobRunType } from './job-run.type.ts';
import { WorkerStatusEnum } from './operations-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('Queue', { description: "A queue, with the counts of the organization's own jobs." })
export class QueueType implements QueueState {
  @Field(() => String, { description: 'Its name, such as ingestion.' })
  name!: string;

  @Field(() => Int, { description: 'Jobs that wait, those for a later time included.' })
  waiting!: number;

  @Field(() => Int, { description: 'Jobs that workers are at.' })
  running!: number;

  @Field(() => Int, { description: 'Jobs that failed for good in the last 24 hours.' })
  failedLastDay!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when the job that has waited longest could have been taken up.',
  })
  oldestDueAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when nothing is taken up; null while it is.',
  })
  pausedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it is paused.' })
  pauseReason!: string | null;

  @Field(() => Boolean, {
    description: "Whether the installation's operator paused it, for all organizations.",
  })
  isPausedByOperator!: boolean;
}

@ObjectType('Worker', { description: 'A process that takes up jobs.' })
export class WorkerType implements WorkerState {
  @Field(() => String, { description: 'Unique among all that ever ran.' })
  name!: string;

  @Field(() => String, { description: 'The machine that it runs on.' })
  host!: string;

  @Field(() => String, { description: 'Version of the program.' })
  version!: string;

  @Field(() => [String], { description: 'The queues that it works on.' })
  queues!: string[];

  @Field(() => Int, { description: 'Jobs that it runs at once, per queue.' })
  concurrency!: number;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Its last sign of life.' })
  lastBeatAt!: Date;

  @Field(() => WorkerStatusEnum, { description: 'Whether it works.' })
  status!: WorkerState['status'];

  @Field(() => [JobRunType], { description: "The organization's jobs that it is at." })
  jobRuns!: WorkerState['jobRuns'];
}

@InputType()
export class PauseQueueInput {
  @Field(() => String, { description: "The queue's name." })
  queue!: string;

  @Field(() => String, { description: 'Why, for those who wonder; 1 to 500 characters.' })
  reason!: string;
}

@ObjectType({ description: 'A queue that was paused or resumed.' })
export class QueuePayload {
  @Field(() => QueueType, { description: 'The queue as it is now.' })
  queue!: QueueState;
}
