import { Field, InputType } from 'type-graphql';
import type { RangePreset } from '../domain/range-preset.ts';
import type { RequestedRange } from '../domain/requested-range.ts';
import { RangePresetEnum } from './metrics-enums.ts';
import { DateScalar } from './scalars.ts';

@InputType({ description: 'Days from `from` to `to`, both included; or a preset, and neither.' })
export class DateRangeInput implements RequestedRange {
  @Field(() => DateScalar, { nullable: true, description: 'First day.' })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  to?: string | null;

  @Field(() => RangePresetEnum, { nullable: true, description: 'Days counted from today.' })
  preset?: RangePreset | null;
}
