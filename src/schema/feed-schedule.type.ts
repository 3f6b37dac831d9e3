import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { FeedScheduleChanges } from '../domain/feed/set-feed-schedule.ts';
import type { Schedule } from '../domain/job/schedule.entity.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('FeedSchedule', { description: "When a feed's runs start by themselves." })
export class FeedScheduleType implements Pick<Schedule, 'timeZone' | 'lastRunAt' | 'skipReason'> {
  @Field(() => String, { description: 'IANA time zone of its times.' })
  timeZone!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Its last turn.' })
  lastRunAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why its last turn started no run; null where it did.',
  })
  skipReason!: string | null;
}

@InputType()
export class SetFeedScheduleInput implements FeedScheduleChanges {
  @Field(() => ID, { description: 'The feed.' })
  feedId!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Times of day such as 05:30, 1 to 24 of them. Runs start up to 10 minutes later.',
  })
  times?: string[] | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone of the times.' })
  timeZone?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether no runs start by themselves.' })
  isPaused?: boolean | null;
}
