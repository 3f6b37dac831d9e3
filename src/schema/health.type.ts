import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { HealthComponent } from '../domain/health/component.ts';
import { HealthComponentNameEnum, HealthStatusEnum, HealthUnitEnum } from './operations-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('HealthComponent', { description: 'One thing that must work, and how it does.' })
class HealthComponentType implements HealthComponent {
  @Field(() => HealthComponentNameEnum, { description: 'What it is.' })
  name!: HealthComponent['name'];

  @Field(() => String, {
    nullable: true,
    description: 'The source that a PLATFORM or an ANSWER_PLATFORM is of.',
  })
  source!: string | null;

  @Field(() => HealthStatusEnum, { description: 'How it does.' })
  status!: HealthComponent['status'];

  @Field(() => Float, {
    nullable: true,
    description: 'What was measured, in the unit; null where it could not be.',
  })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: 'A value above this is no longer OK.' })
  limit!: number | null;

  @Field(() => HealthUnitEnum, { nullable: true, description: 'Unit of value and limit.' })
  unit!: HealthComponent['unit'];

  @Field(() => Int, {
    nullable: true,
    description: 'How many jobs, feeds or calls are at fault, where the value is no count of them.',
  })
  affected!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'More about it, for people; the log has the reasons.',
  })
  message!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When loading from a PLATFORM last succeeded, within the last 30 days; when an ANSWER_PLATFORM last took a key.',
  })
  lastSuccessAt!: Date | null;

  @Field(() => DateTimeScalar, {
    description: "When it was looked at; what is the whole installation's, up to 5 s ago.",
  })
  observedAt!: Date;
}

@ObjectType('Health', { description: 'How the installation and the organization do.' })
export class HealthType {
  @Field(() => HealthStatusEnum, {
    description: 'The worst of the components; those that are UNKNOWN make it no worse.',
  })
  status!: HealthComponent['status'];

  @Field(() => DateTimeScalar, { description: 'When this was asked.' })
  checkedAt!: Date;

  @Field(() => [HealthComponentType], { description: 'Everything that was looked at.' })
  components!: HealthComponent[];
}
