import { Field, ID, InputType } from 'type-graphql';
import type { RunTrigger } from '../domain/ingestion/ingestion-run.entity.ts';
import type { RunStatus } from '../domain/ingestion/run-status.ts';
import { DateRangeInput } from './date-range.ts';
import { RunStatusEnum, RunTriggerEnum } from './ingestion-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@InputType()
export class IngestionRunFilterInput {
  @Field(() => ID, { nullable: true, description: 'Only those of this client.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this feed.' })
  feedId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this backfill.' })
  backfillId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of feeds of this source.' })
  source?: string | null;

  @Field(() => [RunStatusEnum], { nullable: true, description: 'Only those with these statuses.' })
  statuses?: RunStatus[] | null;

  @Field(() => [RunTriggerEnum], { nullable: true, description: 'Only those started by these.' })
  triggers?: RunTrigger[] | null;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: 'Only those that are about some of these days.',
  })
  days?: DateRangeInput | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only those asked for from then on.',
  })
  createdFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those asked for before.' })
  createdBefore?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that somebody resolved, or that nobody did.',
  })
  isResolved?: boolean | null;
}

@InputType()
export class ResubmitRejectsInput {
  @Field(() => ID, { description: 'The run whose rejected rows were corrected.' })
  runId!: string;

  @Field(() => String, {
    description:
      'CSV as /bi/v1/rejected-rows.csv gives it, corrected: rows that are left out stay rejected. At most 5,000 rows.',
  })
  csv!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one run.' })
  idempotencyKey?: string | null;
}

@InputType()
export class ResolveRunInput {
  @Field(() => ID, { description: 'The run.' })
  runId!: string;

  @Field(() => String, { description: 'How it was dealt with, in 1 to 2,000 characters.' })
  note!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key note it once.' })
  idempotencyKey?: string | null;
}
