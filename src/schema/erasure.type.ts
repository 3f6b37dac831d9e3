import { Field, ObjectType } from 'type-graphql';
import type { Erasure } from '../domain/data-protection/erasure.entity.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import { connectionOf } from './connection.ts';
import { ErasureSubjectEnum } from './data-protection-enums.ts';
import { JobRunType } from './job-run.type.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  Erasure,
  | ('subject' | 'createdAt' | 'dueAt' | 'cancelledAt')
  | ('startedAt' | 'completedAt' | 'certificateHash')
>;

@ObjectType({ description: 'How many rows of a table were erased.' })
export class ErasedRows {
  @Field(() => String, { description: 'The table.' })
  table!: string;

  @Field(() => BigIntScalar, { description: 'Its rows, so far.' })
  rows!: number;
}

@ObjectType('Erasure', {
  implements: NodeType,
  description: 'That everything of a client, or of a person, is to be erased, and how that goes.',
})
export class ErasureType extends NodeType implements Fields {
  @Field(() => ErasureSubjectEnum, { description: 'What is erased.' })
  subject!: Fields['subject'];

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    description: 'Until when it can be cancelled; it begins in the night after that.',
  })
  dueAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was cancelled, if so.' })
  cancelledAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it began.' })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When nothing was left.' })
  completedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256, as hex, of the certificate in the audit log; null before that.',
  })
  certificateHash!: string | null;
}

export const ErasureConnection = connectionOf(() => ErasureType, 'Erasure');

@ObjectType({ description: 'An erasure that was asked for, or cancelled.' })
export class ErasurePayload {
  @Field(() => ErasureType, { description: 'The erasure as it is now.' })
  erasure!: Erasure;
}

@ObjectType({ description: 'An export that is made.' })
export class ExportPayload {
  @Field(() => JobRunType, {
    description: 'Its job: watch it, or cancel it. The file is then among `files`.',
  })
  jobRun!: JobRun;
}
