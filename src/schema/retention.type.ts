import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { ExpiredFiles } from '../domain/retention/expire-source-files.ts';
import type { ArchivedMonth } from '../domain/retention/list-archived-months.ts';
import type { OutdatedMonth, RetentionPlan } from '../domain/retention/plan-retention.ts';
import type { RetentionPolicy } from '../domain/retention/retention-policy.ts';
import { BigIntScalar, DateScalar, DateTimeScalar } from './scalars.ts';

@ObjectType('OutdatedMonth', {
  description: 'A month of daily metrics that the next night would archive.',
})
class OutdatedMonthType implements OutdatedMonth {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => Int, { description: 'How many clients have facts in it.' })
  clients!: number;

  @Field(() => Int, { description: 'Days of feeds with facts.' })
  days!: number;

  @Field(() => BigIntScalar, { description: 'Facts.' })
  rows!: number;
}

@ObjectType('OldLog', { description: 'Rows of a table of logs that the next night would remove.' })
class OldLogType {
  @Field(() => String, { description: 'The table.' })
  table!: string;

  @Field(() => Int, { description: 'How many; what refers to others goes first.' })
  rows!: number;
}

@ObjectType('ExpiredFiles', { description: 'Files that the next night would remove.' })
class ExpiredFilesType implements ExpiredFiles {
  @Field(() => Int, { description: 'How many; those of equal content are one.' })
  files!: number;

  @Field(() => BigIntScalar, { description: 'Bytes of them.' })
  sizeBytes!: number;
}

@ObjectType('RetentionPlan', {
  description: 'What the next night would do for the organization. Asking does nothing.',
})
export class RetentionPlanType implements RetentionPlan {
  @Field(() => [OutdatedMonthType], { description: 'Months to archive, the oldest first.' })
  months!: OutdatedMonthType[];

  @Field(() => Int, { description: 'Months of roll-ups to forget.' })
  rollupMonths!: number;

  @Field(() => [OldLogType], { description: 'Rows of logs to remove, by table.' })
  logs!: OldLogType[];

  @Field(() => ExpiredFilesType, {
    description: 'Fetched files that nothing has used for so long.',
  })
  sourceFiles!: ExpiredFiles;
}

@ObjectType('ArchivedMonth', { description: 'A month of which facts are in files of the archive.' })
export class ArchivedMonthType implements ArchivedMonth {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => Int, { description: 'How many clients have a file of it.' })
  clients!: number;

  @Field(() => BigIntScalar, { description: 'Facts in these files.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Bytes of these files.' })
  sizeBytes!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when facts are in files alone; null while the database has them, too.',
  })
  removedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when facts that were put back stay at least.',
  })
  hotUntil!: Date | null;
}

@ObjectType('RetentionPolicy', {
  description: 'How long the deployment keeps what (docs/retention.md). Summaries stay for ever.',
})
export class RetentionPolicyType implements RetentionPolicy {
  @Field(() => Int, {
    description: 'Whole months of daily metrics beside this one; older ones are archived.',
  })
  hotMonths!: number;

  @Field(() => Int, {
    description: "Months of clients' and campaigns' sums by month, the hot ones included.",
  })
  rollupMonths!: number;

  @Field(() => Int, { description: 'Days that a month which was restored stays.' })
  restoredDays!: number;

  @Field(() => Int, {
    description: 'Days of runs that changed nothing, rejected rows, reports and jobs.',
  })
  logDays!: number;

  @Field(() => Int, {
    description: 'Days of fetched, uploaded and corrected files since something last used them.',
  })
  fileDays!: number;
}

@InputType({ description: 'Which month to restore.' })
export class RestoreArchivedMonthInput {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key do it once.',
  })
  idempotencyKey?: string | null;
}
