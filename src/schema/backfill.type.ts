import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Backfill } from '../domain/ingestion/backfill.entity.ts';
import type { BackfillProgress } from '../domain/ingestion/measure-backfills.ts';
import { connectionOf } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import { BackfillStatusEnum } from './ingestion-enums.ts';
import { NodeType } from './node.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  Backfill,
  'fromDate' | 'toDate' | 'chunkDays' | 'daysSkipped' | 'pausedAt' | 'cancelledAt' | 'createdAt'
>;

@ObjectType('Backfill', {
  implements: NodeType,
  description:
    'Past days of a feed that are loaded behind all other work, by a run for each chunk.',
})
export class BackfillType extends NodeType implements Fields {
  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => Int, { description: 'Days of each run; the last may have fewer.' })
  chunkDays!: number;

  @Field(() => Int, {
    description: 'Days that it left out: they were loaded before, or another run is loading them.',
  })
  daysSkipped!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it is paused.' })
  pausedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was cancelled.' })
  cancelledAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;
}

@ObjectType('BackfillProgress', { description: 'How far a backfill is.' })
export class BackfillProgressType implements BackfillProgress {
  @Field(() => BackfillStatusEnum, { description: 'Whether it goes on.' })
  status!: BackfillProgress['status'];

  @Field(() => Int, { description: 'Its runs.' })
  runs!: number;

  @Field(() => Int, { description: 'Those that have ended, one way or another.' })
  runsEnded!: number;

  @Field(() => Int, { description: 'Those that failed, or loaded only some of their days.' })
  runsFailed!: number;

  @Field(() => Int, { description: 'Days of its runs.' })
  days!: number;

  @Field(() => Int, { description: 'Days that they are done with, one by one.' })
  daysDone!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Days a minute: by its own runs, else by the feed's last ones.",
  })
  daysPerMinute!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds until it ends, at that speed and with the reports that its credential may ask for.',
  })
  secondsLeft!: number | null;
}

export const BackfillConnection = connectionOf(() => BackfillType, 'Backfill');

@InputType()
export class BackfillInput {
  @Field(() => ID, { description: 'The feed.' })
  feedId!: string;

  @Field(() => DateRangeInput, { description: 'The days.' })
  range!: DateRangeInput;

  @Field(() => Int, {
    defaultValue: 31,
    description: 'Days of one run, 1 to 366; a backfill has at most 500 runs.',
  })
  chunkDays!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether chunks that a run has loaded whole are loaded, too.',
  })
  again!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key make one backfill.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'A backfill that was begun or changed.' })
export class BackfillPayload {
  @Field(() => BackfillType, { description: 'The backfill.' })
  backfill!: Backfill;
}
