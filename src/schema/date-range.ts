import { Field, InputType } from 'type-graphql';
import type { DateRange } from '../domain/calendar.ts';
import { DateScalar } from './scalars.ts';

@InputType({ description: 'Days from `from` to `to`, both included.' })
export class DateRangeInput implements DateRange {
  @Field(() => DateScalar, { description: 'First day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to!: string;
}
