import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SummaryScheduleChanges } from '../domain/summary/set-summary-schedule.ts';
import type { SummaryThresholdChanges } from '../domain/summary/set-summary-thresholds.ts';
import type {
  SummaryKind,
  SummaryThresholds,
  SummaryTimes,
} from '../domain/summary/summary-settings.ts';
import { DecimalScalar } from './scalars.ts';
import { SummaryKindEnum } from './summary.type.ts';

@ObjectType('SummarySchedule', { description: 'Which summaries are made, and when.' })
export class SummaryScheduleType implements SummaryTimes {
  @Field(() => String, {
    description: "Time of day in the client's zone, on the first day after the period.",
  })
  time!: string;

  @Field(() => [SummaryKindEnum], { description: 'Which are made at all.' })
  kinds!: SummaryKind[];
}

@ObjectType('SummaryThresholds', {
  description: 'What summaries call an underperformer, and how much is enough to be compared.',
})
export class SummaryThresholdsType implements SummaryThresholds {
  @Field(() => DecimalScalar, { description: 'An underperformer has a CTR under this,' })
  ctr!: string;

  @Field(() => DecimalScalar, { description: "a spend over this, in the client's currency," })
  spend!: string;

  @Field(() => DecimalScalar, { description: 'and fewer conversions than this.' })
  conversions!: string;

  @Field(() => Int, { description: 'A top creative has at least so many impressions.' })
  impressions!: number;
}

@InputType()
export class SetSummaryScheduleInput implements SummaryScheduleChanges {
  @Field(() => String, {
    nullable: true,
    description: "Time of day in the client's zone, such as 07:00.",
  })
  time?: string | null;

  @Field(() => [SummaryKindEnum], { nullable: true, description: 'Which are made at all.' })
  kinds?: SummaryKind[] | null;
}

@InputType()
export class SetClientSummaryScheduleInput extends SetSummaryScheduleInput {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it has none of its own any more, and follows its organization.',
  })
  followOrganization!: boolean;
}

@InputType()
export class SetSummaryThresholdsInput implements SummaryThresholdChanges {
  @Field(() => DecimalScalar, { nullable: true, description: 'The CTR: 0.005 is 0.5 %.' })
  ctr?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The spend.' })
  spend?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The conversions.' })
  conversions?: string | null;

  @Field(() => Int, { nullable: true, description: 'The impressions of a top creative.' })
  impressions?: number | null;
}
