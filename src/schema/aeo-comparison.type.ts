import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AeoAudit } from '../domain/aeo-audit/aeo-audit.entity.ts';
import type { Mean, SentimentResult } from '../domain/aeo-results/brand-result.ts';
import type { AuditComparison, BrandChange } from '../domain/aeo-results/compare-audits.ts';
import type { TrendPoint } from '../domain/aeo-results/find-trends.ts';
import type { Proportion } from '../domain/aeo-results/proportion.ts';
import type { ProportionChange } from '../domain/aeo-results/proportion-change.ts';
import { AeoAuditType } from './aeo-audit.type.ts';
import { AeoMeanType, AeoProportionType, AeoSentimentType } from './aeo-results.type.ts';

@ObjectType('AeoProportionChange', {
  description:
    'What became of a share. The bounds are made of the Wilson bounds of both (Newcombe 1998, method 10).',
})
class AeoProportionChangeType implements ProportionChange {
  @Field(() => AeoProportionType, { description: 'In the first audit.' })
  before!: Proportion;

  @Field(() => AeoProportionType, { description: 'In the second audit.' })
  after!: Proportion;

  @Field(() => Float, {
    nullable: true,
    description: 'After less before, -1 to 1; null where either is of nothing.',
  })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its lower bound, at 95 %.' })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its upper bound, at 95 %.' })
  high!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether 0 lies outside of the bounds: chance alone hardly makes such a change.',
  })
  isBeyondChance!: boolean | null;
}

@ObjectType('AeoBrandStanding', { description: 'Where and how a brand is spoken of.' })
class AeoBrandStandingType {
  @Field(() => AeoMeanType, { description: 'Where it stands; 1 is first.' })
  position!: Mean;

  @Field(() => AeoSentimentType, { description: 'How it is spoken of.' })
  sentiment!: SentimentResult;
}

@ObjectType('AeoBrandChange', { description: 'What became of a brand.' })
export class AeoBrandChangeType implements Omit<BrandChange, 'brandId'> {
  @Field(() => String, { description: 'Its name when the second audit began.' })
  name!: string;

  @Field(() => Boolean, { description: "Whether it was the client's own then." })
  isOwn!: boolean;

  @Field(() => AeoProportionChangeType, { description: 'Of its visibility.' })
  visibility!: ProportionChange;

  @Field(() => AeoProportionChangeType, { description: 'Of its share of voice.' })
  shareOfVoice!: ProportionChange;

  @Field(() => AeoProportionChangeType, { description: 'Of its citation rate.' })
  citationRate!: ProportionChange;

  @Field(() => AeoBrandStandingType, {
    description: 'In the first audit; these means are not tested against chance.',
  })
  before!: BrandChange['before'];

  @Field(() => AeoBrandStandingType, { description: 'In the second audit.' })
  after!: BrandChange['after'];
}

type Fields = Omit<AuditComparison, 'gainedIds' | 'lostIds'>;

@ObjectType('AeoAuditComparison', { description: 'Two audits of one set-up side by side.' })
export class AeoAuditComparisonType implements Fields {
  @Field(() => AeoAuditType, { description: 'The first audit.' })
  before!: AeoAudit;

  @Field(() => AeoAuditType, { description: 'The second audit.' })
  after!: AeoAudit;

  @Field(() => [String], {
    description: 'What beside the answers may have made a difference, such as other models.',
  })
  notices!: string[];

  @Field(() => [AeoBrandChangeType], {
    description: "Brands that both looked for: the client's own first, then by name.",
  })
  brands!: BrandChange[];

  @Field(() => Int, { description: 'Questions that were answered in both, told by their text.' })
  matched!: number;

  @Field(() => Int, { description: 'Questions that were answered in the first alone.' })
  onlyBefore!: number;

  @Field(() => Int, { description: 'Questions that were answered in the second alone.' })
  onlyAfter!: number;
}

@ObjectType('AeoTrendPoint', { description: 'An audit in the course of its set-up.' })
export class AeoTrendPointType implements TrendPoint {
  @Field(() => AeoAuditType, { description: 'The audit.' })
  audit!: AeoAudit;

  @Field(() => [String], {
    description: 'What was otherwise than in the audit before, such as other models.',
  })
  notices!: string[];
}
