import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { frequencies, type Recurrence } from '../domain/job/recurrence.ts';
import { enumOf } from './enum-of.ts';

const says = {
  time: "Time of day such as 07:00, by the client's clock.",
  weekday: 'Of WEEKLY: 1 is Monday, 7 is Sunday.',
  monthDay: 'Of MONTHLY: 1 to 28.',
};

const FrequencyEnum = enumOf(frequencies, 'Frequency', 'How often a report is issued.');

@ObjectType('Recurrence', { description: 'When something is done again and again.' })
export class RecurrenceType implements Recurrence {
  @Field(() => FrequencyEnum, { description: 'How often.' })
  frequency!: Recurrence['frequency'];

  @Field(() => String, { description: says.time })
  time!: string;

  @Field(() => Int, { description: says.weekday })
  weekday!: number;

  @Field(() => Int, { description: says.monthDay })
  monthDay!: number;
}

@InputType({ description: 'When something is done again and again.' })
export class RecurrenceInput implements Recurrence {
  @Field(() => FrequencyEnum, { description: 'How often.' })
  frequency!: Recurrence['frequency'];

  @Field(() => String, { defaultValue: '07:00', description: says.time })
  time!: string;

  @Field(() => Int, { defaultValue: 1, description: says.weekday })
  weekday!: number;

  @Field(() => Int, { defaultValue: 1, description: says.monthDay })
  monthDay!: number;
}
