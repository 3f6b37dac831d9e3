import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import type { RepricedCampaign, Repricing } from '../domain/rate-card/repricing.ts';
import type { NewRateCard } from '../domain/rate-card/set-rate-card.ts';
import { DateRangeInput } from './date-range.ts';
import { JobRunType } from './job-run.type.ts';
import { CampaignType } from './media.type.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

type Fields = Pick<RateCard, 'cpm' | 'source' | 'effectiveFrom' | 'effectiveTo' | 'removedAt'>;

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

  @Field(() => CampaignType, {
    nullable: true,
    description: 'Only for this campaign; null for all.',
  })
  campaign!: CampaignType | null;

  @Field(() => DateScalar, { description: 'First day.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null until further notice.' })
  effectiveTo!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was taken back; it prices nothing since.',
  })
  removedAt!: Date | null;
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

  @Field(() => ID, {
    nullable: true,
    description: 'Only for this campaign; left out for all. The most specific card is in force.',
  })
  campaignId?: string | null;
}

@ObjectType({ description: 'A rate card that was changed.' })
export class RateCardPayload {
  @Field(() => RateCardType, { description: 'The rate card as it is now.' })
  rateCard!: RateCard;

  @Field(() => JobRunType, {
    nullable: true,
    description: 'The job that prices its loaded days anew; null where none of its days is loaded.',
  })
  jobRun!: JobRun | null;
}

@InputType()
export class RecomputeSpendInput {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => DateRangeInput, { description: 'The days.' })
  range!: DateRangeInput;
}

@ObjectType('RepricedCampaign', { description: 'What pricing days anew changes for one campaign.' })
export class RepricedCampaignType implements Omit<RepricedCampaign, 'campaignId'> {
  @Field(() => Int, { description: 'Days with another price.' })
  days!: number;

  @Field(() => BigIntScalar, { description: 'Impressions on these days.' })
  impressions!: number;

  @Field(() => DecimalScalar, { description: 'Their spend now.' })
  spendBefore!: string;

  @Field(() => DecimalScalar, { description: 'Their spend then.' })
  spendAfter!: string;
}

@ObjectType('Repricing', {
  description: "What pricing days anew changes, in the client's currency.",
})
export class RepricingType implements Repricing {
  @Field(() => Int, { description: 'Days with another price.' })
  days!: number;

  @Field(() => BigIntScalar, { description: 'Impressions with another price.' })
  impressions!: number;

  @Field(() => DecimalScalar, { description: 'Their spend now.' })
  spendBefore!: string;

  @Field(() => DecimalScalar, { description: 'Their spend then.' })
  spendAfter!: string;

  @Field(() => [RepricedCampaignType], {
    description: 'By campaign, those that change most first; at most 100.',
  })
  campaigns!: RepricedCampaign[];
}
