import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { Gap, GapCompetitor } from '../domain/aeo-results/find-gaps.ts';
import type { CitedSource } from '../domain/aeo-results/find-sources.ts';
import type { ErrorCount, PlatformStatistics } from '../domain/aeo-results/measure-platforms.ts';
import type { Proportion } from '../domain/aeo-results/proportion.ts';
import type { Recommendation, RecommendationKind } from '../domain/aeo-results/recommendation.ts';
import { AnswerPlatformEnum } from './aeo-enums.ts';
import { RecommendationKindEnum } from './aeo-result-enums.ts';
import { AeoProportionType } from './aeo-results.type.ts';
import { DecimalScalar } from './scalars.ts';

@ObjectType('AeoGapCompetitor', { description: 'A competitor that answers mention.' })
export class AeoGapCompetitorType implements Omit<GapCompetitor, 'brandId'> {
  @Field(() => Int, { description: 'Answers that mention it.' })
  answers!: number;

  @Field(() => Int, { description: 'How often they do.' })
  mentions!: number;
}

@ObjectType('AeoGap', {
  description: "A question whose answers mention competitors, and never the client's own brand.",
})
export class AeoGapType implements Pick<Gap, 'answers' | 'platforms' | 'severity'> {
  @Field(() => Int, { description: 'Answers to it that were given.' })
  answers!: number;

  @Field(() => [AnswerPlatformEnum], { description: 'Where competitors are mentioned.' })
  platforms!: AnswerPlatformName[];

  @Field(() => [AeoGapCompetitorType], { description: 'Who is in the most answers first.' })
  competitors!: GapCompetitor[];

  @Field(() => Float, {
    description:
      "0 to 1: the question's priority x the share of its answers that mention competitors.",
  })
  severity!: number;
}

@ObjectType('AeoSource', { description: 'A registrable domain that answers cite.' })
export class AeoSourceType
  implements Pick<CitedSource, 'domain' | 'citations' | 'answers' | 'platforms'>
{
  @Field(() => String, { description: 'The domain.' })
  domain!: string;

  @Field(() => Int, { description: 'How often it is cited.' })
  citations!: number;

  @Field(() => Int, { description: 'Answers that cite it.' })
  answers!: number;

  @Field(() => [AnswerPlatformEnum], { description: 'Whose answers these are.' })
  platforms!: AnswerPlatformName[];
}

type Advice = Pick<
  Recommendation,
  'kind' | 'sentence' | 'priority' | 'concerned' | 'answered' | 'domains'
>;

@ObjectType('AeoRecommendation', {
  description: 'What to look after, by a fixed rule, with the answers that it stands on.',
})
export class AeoRecommendationType implements Advice {
  @Field(() => RecommendationKindEnum, { description: 'What it is about.' })
  kind!: RecommendationKind;

  @Field(() => String, { description: 'What was found, in figures of the audit.' })
  sentence!: string;

  @Field(() => String, { description: 'What to do about it.' })
  action!: string;

  @Field(() => Float, {
    description: '0 to 1: the share of all answers that it concerns, concerned / answered.',
  })
  priority!: number;

  @Field(() => Int, { description: 'Answers that it concerns.' })
  concerned!: number;

  @Field(() => Int, { description: 'All answers that were given.' })
  answered!: number;

  @Field(() => [String], { description: 'Sites that it is about.' })
  domains!: string[];
}

@ObjectType('AeoErrorCount', { description: 'How many answers were given up for a reason.' })
class AeoErrorCountType implements ErrorCount {
  @Field(() => String, { description: 'The reason, such as TIMEOUT.' })
  code!: string;

  @Field(() => Int, { description: 'Answers.' })
  count!: number;
}

@ObjectType('AeoPlatformStatistics', { description: 'What asking a platform took in an audit.' })
export class AeoPlatformStatisticsType implements PlatformStatistics {
  @Field(() => AnswerPlatformEnum, { description: 'The platform.' })
  platform!: AnswerPlatformName;

  @Field(() => Int, {
    description:
      'Times that it was asked, whatever came of it. What was given up and taken up anew is counted anew.',
  })
  calls!: number;

  @Field(() => Int, { description: 'Answers that were given.' })
  answered!: number;

  @Field(() => Int, { description: 'Answers that were given up.' })
  failed!: number;

  @Field(() => AeoProportionType, { description: 'Those given up, of both.' })
  failureShare!: Proportion;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds within which half of the answers were there, by the nearest rank.',
  })
  latencyP50Ms!: number | null;

  @Field(() => Int, { nullable: true, description: 'The same of 95 %.' })
  latencyP95Ms!: number | null;

  @Field(() => Float, { description: 'Tokens that were read.' })
  inputTokens!: number;

  @Field(() => Float, { description: 'Tokens that were written.' })
  outputTokens!: number;

  @Field(() => Int, { description: 'Searches that are charged for.' })
  searches!: number;

  @Field(() => DecimalScalar, { description: 'US dollars, of answers whose price is known.' })
  cost!: string;

  @Field(() => Int, { description: 'Answers whose price is not known.' })
  unpriced!: number;

  @Field(() => [AeoErrorCountType], { description: 'Why answers were given up.' })
  errors!: ErrorCount[];
}
