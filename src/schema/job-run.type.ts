import { Field, Int, ObjectType } from 'type-graphql';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { JobStatusEnum } from './enums.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  JobRun,
  | ('name' | 'status' | 'attempt' | 'maxAttempts' | 'stage' | 'done' | 'total' | 'sequence')
  | ('cancelRequestedAt' | 'errorCode' | 'errorMessage' | 'createdAt' | 'startedAt' | 'finishedAt')
>;

@ObjectType('JobRun', {
  implements: NodeType,
  description: 'A job: work that a worker does after the mutation that asked for it.',
})
export class JobRunType extends NodeType implements Fields {
  @Field(() => String, { description: 'The kind of job, such as ingest-feed.' })
  name!: string;

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

@ObjectType({ description: 'A job that was asked to end.' })
export class CancelJobPayload {
  @Field(() => JobRunType, { description: 'The job as it is now.' })
  jobRun!: JobRun;
}
