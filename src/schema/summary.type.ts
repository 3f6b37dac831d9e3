import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SummaryFilter } from '../domain/summary/list-summaries.ts';
import {
  factRoles,
  type Sentence,
  type SentenceFact,
  sentenceTopics,
} from '../domain/summary/sentence.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import { type SummaryKind, summaryKinds } from '../domain/summary/summary-settings.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import { enumOf } from './enum-of.ts';
import { MetricNameEnum } from './metrics-enums.ts';
import { NodeType } from './node.ts';
import { rankedTypes } from './ranked.type.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

export const SummaryKindEnum = enumOf(summaryKinds, 'SummaryKind', 'What a summary is of.', {
  WEEKLY: 'A week, from the first day of the week of the organization.',
  MONTHLY: 'A month of the calendar.',
});
const FactRoleEnum = enumOf(factRoles, 'SummaryFactRole', 'What a figure of a sentence is.', {
  VALUE: 'Of the period.',
  BASE: 'Of the period before.',
  CHANGE: 'From the period before: 0.1 is 10 % more.',
  THRESHOLD: 'What a figure is held against.',
});
const TopicEnum = enumOf(sentenceTopics, 'SummaryTopic', 'What a sentence is about.', {
  COVERAGE: 'Data that are missing.',
  DELIVERY: 'What was delivered, and what it brought.',
  CHANGE: 'How a metric went from the period before.',
  TOP_CAMPAIGN: 'The foremost campaign.',
  TOP_CREATIVE: 'The foremost creative.',
  UNDERPERFORMER: 'A campaign that costs much and brings little.',
});
export const CampaignRankingEnum = enumOf(
  ['CONVERSIONS', 'REVENUE'] as const,
  'SummaryCampaignRanking',
  'By what campaigns are ranked.',
  { CONVERSIONS: 'By conversions.', REVENUE: 'By revenue.' },
);
export const CreativeRankingEnum = enumOf(
  ['CTR', 'CONVERSIONS'] as const,
  'SummaryCreativeRanking',
  'By what creatives with enough impressions are ranked.',
  { CTR: 'By CTR.', CONVERSIONS: 'By conversions.' },
);

type Fields = Pick<
  Summary,
  'kind' | 'fromDate' | 'toDate' | 'version' | 'createdAt' | 'computedAt'
>;

@ObjectType('Summary', {
  implements: NodeType,
  description:
    'What a week or month of a client came to, once it was over; made anew when one of its days changes.',
})
export class SummaryType extends NodeType implements Fields {
  @Field(() => SummaryKindEnum, { description: 'What it is of.' })
  kind!: SummaryKind;

  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => Int, { description: 'Raised whenever what it says changes; 1 is as it was first.' })
  version!: number;

  @Field(() => DateTimeScalar, { description: 'When it was first made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When its figures were found out last.' })
  computedAt!: Date;
}

@ObjectType('SummaryFact', { description: 'A figure of a sentence.' })
export class SummaryFactType implements Pick<SentenceFact, 'role' | 'metric' | 'value' | 'text'> {
  @Field(() => FactRoleEnum, { description: 'What it is.' })
  role!: SentenceFact['role'];

  @Field(() => MetricNameEnum, { description: 'Of which metric.' })
  metric!: SentenceFact['metric'];

  @Field(() => DecimalScalar, { description: 'As it is: rates and changes as fractions.' })
  value!: string;

  @Field(() => String, { description: 'As the sentence has it.' })
  text!: string;
}

@ObjectType('SummarySentence', {
  description: 'A plain sentence; each figure of a metric in it is one of its facts, in order.',
})
export class SummarySentenceType implements Sentence {
  @Field(() => TopicEnum, { description: 'What it is about.' })
  topic!: Sentence['topic'];

  @Field(() => String, { description: 'The sentence, in English.' })
  text!: string;

  @Field(() => [SummaryFactType], { description: 'Its figures.' })
  facts!: SentenceFact[];
}

@ObjectType('Underperformer', { description: 'A campaign that costs much and brings little.' })
export class UnderperformerType extends rankedTypes.campaign {
  @Field(() => SummarySentenceType, { description: 'Why: its figures beside the thresholds.' })
  reason!: Sentence;
}

export const SummaryConnection = connectionOf(() => SummaryType, 'Summary');

@InputType({ description: 'Which summaries are wanted.' })
export class SummaryFilterInput implements SummaryFilter {
  @Field(() => ID, { nullable: true, description: 'Of this client.' })
  clientId?: string | null;

  @Field(() => SummaryKindEnum, { nullable: true, description: 'Of weeks, or of months.' })
  kind?: SummaryKind | null;

  @Field(() => DateScalar, { nullable: true, description: 'Of periods that end then or later.' })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Of periods that begin then or earlier.',
  })
  to?: string | null;
}

@ArgsType()
export class SummaryArgs extends PageArgs {
  @Field(() => SummaryFilterInput, { nullable: true, description: 'All where left out.' })
  filter?: SummaryFilterInput | null;
}

@InputType()
export class GenerateSummariesInput {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => DateRangeInput, {
    description: 'Days of the weeks and months that are wanted, which have to be over.',
  })
  range!: DateRangeInput;

  @Field(() => [SummaryKindEnum], {
    defaultValue: [...summaryKinds],
    description: 'Whether of weeks, of months or of both.',
  })
  kinds!: SummaryKind[];

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one job.' })
  idempotencyKey?: string | null;
}
