import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import type { NewRateCard } from '../domain/rate-card/set-rate-card.ts';
import { NodeType } from './node.ts';
import { DateScalar, DecimalScalar } from './scalars.ts';

type Fields = Pick<RateCard, 'cpm' | 'source' | 'effectiveFrom' | 'effectiveTo'>;

@ObjectType('RateCard', {
  implements: NodeType,
  description: "A client's price per 1,000 impressions on some days.",
})
export class RateCardType extends NodeType implements Fields {
  @Field(() => DecimalScalar, {
    description: "Price per 1,000 impressions, in the client's currency.",
  })
  cpm!: string;

  @Field(() => String, { nullable: true, description: 'Only for this source; null for all.' })
  source!: string | null;

  @Field(() => DateScalar, { description: 'First day.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null until further notice.' })
  effectiveTo!: string | null;
}

@InputType()
export class SetRateCardInput implements NewRateCard {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => DecimalScalar, { description: 'Price per 1,000 impressions; at most 6 decimals.' })
  cpm!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day; where left out, until the next card begins.',
  })
  effectiveTo?: string | null;

  @Field(() => String, { nullable: true, description: 'Only for this source; left out for all.' })
  source?: string | null;
}

@ObjectType({ description: 'A rate card that was set.' })
export class SetRateCardPayload {
  @Field(() => RateCardType, { description: 'The rate card as it is now.' })
  rateCard!: RateCard;
}
