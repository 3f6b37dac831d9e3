import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { JobRun, JobStatus } from '../domain/job/job-run.entity.ts';
import { connectionOf } from './connection.ts';
import { NodeType } from './node.ts';
import { JobStatusEnum } from './operations-enums.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  JobRun,
  | (
      | 'name'
      | 'queue'
      | 'priority'
      | 'worker'
      | 'runAt'
      | 'status'
      | 'attempt'
      | 'maxAttempts'
      | 'stage'
      | 'done'
      | 'total'
      | 'sequence'
    )
  | ('cancelRequestedAt' | 'errorCode' | 'errorMessage' | 'createdAt' | 'startedAt' | 'finishedAt')
>;

@ObjectType('JobRun', {
  implements: NodeType,
  description: 'A job: work that a worker does after the mutation that asked for it.',
})
export class JobRunType extends NodeType implements Fields {
  @Field(() => String, { description: 'The kind of job, such as ingest-feed.' })
  name!: string;

  @Field(() => String, { description: 'The queue that it goes to.' })
  queue!: string;

  @Field(() => Int, {
    description: "0 to 10: of the organization's own jobs the higher goes first; most have 5.",
  })
  priority!: number;

  @Field(() => String, { nullable: true, description: 'The worker that took it up last.' })
  worker!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it may be taken up, or its next attempt may.' })
  runAt!: Date;

  @Field(() => JobStatusEnum, { description: 'Where it is in its life.' })
  status!: Fields['status'];

  @Field(() => Int, { description: 'How many times it was tried, this time included.' })
  attempt!: number;

  @Field(() => Int, { description: 'How many times it is tried at most.' })
  maxAttempts!: number;

  @Field(() => String, { nullable: true, description: 'What it is doing: LOAD counts bytes.' })
  stage!: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'How much of the stage is done.' })
  done!: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'How much the stage is, once known.' })
  total!: number | null;

  @Field(() => BigIntScalar, { description: 'Grows with every change: a lower one is older.' })
  sequence!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its end was asked for.' })
  cancelRequestedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Code of what went wrong last.' })
  errorCode!: string | null;

  @Field(() => String, { nullable: true, description: 'What went wrong last, in words.' })
  errorMessage!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a worker first took it up.' })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;
}

export const JobRunConnection = connectionOf(() => JobRunType, 'JobRun');

@InputType({ description: 'Which jobs; what is left out does not limit.' })
export class JobFilterInput {
  @Field(() => [JobStatusEnum], {
    nullable: true,
    description: 'Those in one of these states; FAILED are the dead letters.',
  })
  statuses?: JobStatus[] | null;

  @Field(() => String, { nullable: true, description: 'Those of this queue.' })
  queue?: string | null;

  @Field(() => String, { nullable: true, description: 'Those of this kind, such as ingest-feed.' })
  name?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those for this client.' })
  clientId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Asked for then or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Asked for before then.' })
  createdBefore?: Date | null;
}

@ObjectType({ description: 'A job that was changed.' })
export class JobRunPayload {
  @Field(() => JobRunType, { description: 'The job as it is now.' })
  jobRun!: JobRun;
}
