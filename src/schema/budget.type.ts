import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Budget } from '../domain/budget/budget.entity.ts';
import type { Pacing } from '../domain/budget/find-pacing.ts';
import type { BudgetFilter } from '../domain/budget/list-budgets.ts';
import { type PaceStatus, paceStatuses } from '../domain/budget/pace.ts';
import type { BudgetChanges, NewBudget } from '../domain/budget/set-budget.ts';
import type { DateRange } from '../domain/calendar.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { NodeType } from './node.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

const PaceStatusEnum = enumOf(paceStatuses, 'PaceStatus', 'How a budget stands.', {
  NOT_STARTED: 'No flight day is over.',
  ON_PACE: 'At most 10 % more or less was spent than expected.',
  UNDER: 'Over 10 % less was spent than expected.',
  OVER: 'Over 10 % more was spent than expected.',
  ENDED: 'All flight days are over.',
});

@ObjectType('Flight', { description: 'Days on which ads are to run.' })
class FlightType implements DateRange {
  @Field(() => DateScalar, { description: 'First day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to!: string;
}

type Fields = Pick<
  Budget,
  'amount' | 'fromDate' | 'toDate' | 'flights' | 'removedAt' | 'createdAt'
>;

@ObjectType('Budget', {
  implements: NodeType,
  description: 'What a client, or one of its campaigns, is to spend on some days.',
})
export class BudgetType extends NodeType implements Fields {
  @Field(() => DecimalScalar, { description: "The amount, in the client's currency." })
  amount!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => [FlightType], {
    description:
      'The days of it on which ads are to run, in order; all of it where there are none.',
  })
  flights!: DateRange[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was taken back.' })
  removedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType('BudgetPacing', {
  description:
    "How a budget stands as of yesterday in the client's zone; each flight day is to spend the same.",
})
export class BudgetPacingType implements Pacing {
  @Field(() => DateScalar, { description: 'The last day that counts: yesterday.' })
  asOf!: string;

  @Field(() => PaceStatusEnum, { description: 'How it stands.' })
  status!: PaceStatus;

  @Field(() => Int, { description: 'Days on which ads are to run.' })
  flightDays!: number;

  @Field(() => Int, { description: 'Those that are over.' })
  flightDaysElapsed!: number;

  @Field(() => Int, { description: 'Its days so far on which the client has any data.' })
  daysWithData!: number;

  @Field(() => DecimalScalar, { description: 'What was spent on its days so far.' })
  spent!: string;

  @Field(() => DecimalScalar, { description: 'Amount x flight days that are over / flight days.' })
  expected!: string;

  @Field(() => DecimalScalar, { description: 'Amount - spent.' })
  remaining!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Spent / expected: 1.2 is 20 % ahead. Null before the first flight.',
  })
  paceRatio!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What will have been spent by its end, at the speed so far.',
  })
  projectedSpend!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The flight day on which the amount is used up at that speed; null where it never is.',
  })
  exhaustedOn!: string | null;
}

export const BudgetConnection = connectionOf(() => BudgetType, 'Budget');

@InputType({ description: 'Which budgets are wanted.' })
export class BudgetFilterInput implements BudgetFilter {
  @Field(() => ID, { nullable: true, description: 'Of this client, and of its campaigns.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this campaign.' })
  campaignId?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'With this day.' })
  on?: string | null;
}

@ArgsType()
export class BudgetArgs extends PageArgs {
  @Field(() => BudgetFilterInput, { nullable: true, description: 'All where left out.' })
  filter?: BudgetFilterInput | null;
}

@InputType({ description: 'Days on which ads are to run.' })
class FlightInput implements DateRange {
  @Field(() => DateScalar, { description: 'First day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to!: string;
}

@InputType()
export class CreateBudgetInput implements NewBudget {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => ID, { nullable: true, description: 'Of this campaign alone; without one, of all.' })
  campaignId?: string | null;

  @Field(() => DecimalScalar, { description: "The amount, in the client's currency." })
  amount!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => [FlightInput], {
    nullable: true,
    description: 'The days of it on which ads are to run; all where left out.',
  })
  flights?: FlightInput[] | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one budget.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateBudgetInput implements BudgetChanges {
  @Field(() => ID, { description: 'The budget.' })
  id!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Another amount.' })
  amount?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Another first day.' })
  fromDate?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Another last day.' })
  toDate?: string | null;

  @Field(() => [FlightInput], {
    nullable: true,
    description: 'Other days on which ads are to run; all of it where empty.',
  })
  flights?: FlightInput[] | null;
}

@ObjectType({ description: 'A budget that was made or changed.' })
export class BudgetPayload {
  @Field(() => BudgetType, { description: 'The budget as it is now.' })
  budget!: Budget;
}
