import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AeoAnswer, AnswerStatus } from '../domain/aeo-audit/aeo-answer.entity.ts';
import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { QuestionCategory, QuestionType } from '../domain/aeo-question/question-category.ts';
import type { AnswerFilter } from '../domain/aeo-results/answer-filter.ts';
import type { AnswerCitation, AnswerFinding } from '../domain/aeo-results/read-findings.ts';
import type { SentimentLabel } from '../domain/aeo-results/sentiment-label.ts';
import type { ShownContext, ShownMention } from '../domain/aeo-results/show-finding.ts';
import {
  AnswerPlatformEnum,
  AnswerStatusEnum,
  QuestionCategoryEnum,
  QuestionTypeEnum,
} from './aeo-enums.ts';
import { FinishReasonEnum, MentionKindEnum, SentimentLabelEnum } from './aeo-result-enums.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  AeoAnswer,
  | ('platform' | 'repetition' | 'status' | 'errorCode' | 'model' | 'finishReason' | 'endedAt')
  | ('latencyMs' | 'inputTokens' | 'outputTokens' | 'searches' | 'isEmpty')
>;

@ObjectType('AeoAnswer', {
  implements: NodeType,
  description: 'One question to one platform, once: what was, or is to be, answered.',
})
export class AeoAnswerType extends NodeType implements Fields {
  @Field(() => AnswerPlatformEnum, { description: 'Who is asked.' })
  platform!: AnswerPlatformName;

  @Field(() => Int, { description: 'Which time that it is asked, from 1.' })
  repetition!: number;

  @Field(() => AnswerStatusEnum, { description: 'Where it is.' })
  status!: AnswerStatus;

  @Field(() => String, { nullable: true, description: 'Why there is none, such as TIMEOUT.' })
  errorCode!: string | null;

  @Field(() => String, { nullable: true, description: 'What answered, as the platform names it.' })
  model!: string | null;

  @Field(() => FinishReasonEnum, { nullable: true, description: 'Why it ends.' })
  finishReason!: string | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds until it was there.' })
  latencyMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'Tokens that the platform read for it.' })
  inputTokens!: number | null;

  @Field(() => Int, { nullable: true, description: 'Tokens that it wrote.' })
  outputTokens!: number | null;

  @Field(() => Int, { nullable: true, description: 'Searches on the web that it charges for.' })
  searches!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it says that it knows nothing.' })
  isEmpty!: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was there, or given up.' })
  endedAt!: Date | null;
}

const span = {
  start: "Where it begins in the answer's text, in UTF-16 units.",
  end: 'Where it ends: the place after its last unit.',
};

@ObjectType('AeoMention', { description: 'A place of an answer where a brand is named.' })
export class AeoMentionType implements ShownMention {
  @Field(() => Int, { description: span.start })
  start!: number;

  @Field(() => Int, { description: span.end })
  end!: number;

  @Field(() => String, { description: 'What stands there.' })
  text!: string;

  @Field(() => MentionKindEnum, { description: 'By what it is named.' })
  kind!: ShownMention['kind'];

  @Field(() => Float, { description: 'How sure it is that the brand is meant, 0 to 1.' })
  confidence!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'How this place speaks of it: -1 (blamed) to 1 (praised); null where that is not graded.',
  })
  sentiment!: number | null;
}

@ObjectType('AeoContext', { description: 'Words around a mention.' })
export class AeoContextType implements ShownContext {
  @Field(() => Int, { description: span.start })
  start!: number;

  @Field(() => Int, { description: span.end })
  end!: number;

  @Field(() => String, { description: 'What stands there: whole words.' })
  text!: string;
}

type FindingFields = Omit<AnswerFinding, 'answerId' | 'brandId' | 'mentions'>;

@ObjectType('AeoFinding', { description: 'What an answer says of a brand.' })
export class AeoFindingType implements FindingFields {
  @Field(() => Int, { description: 'How often it is mentioned.' })
  mentionCount!: number;

  @Field(() => Int, { description: 'How many addresses of it are cited.' })
  citationCount!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Its rank in the answer's list, else by first mention among the brands.",
  })
  position!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How sure it is that it is meant, 0 to 1; null without a mention.',
  })
  confidence!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How it is spoken of: -1 (blamed) to 1 (praised); null without a mention, and where it is UNGRADED.',
  })
  sentiment!: number | null;

  @Field(() => SentimentLabelEnum, { nullable: true, description: 'The same in a word.' })
  sentimentLabel!: SentimentLabel | null;

  @Field(() => String, { nullable: true, description: 'What graded it, with its version.' })
  grader!: string | null;
}

@ObjectType('AeoCitation', { description: 'A page that an answer refers to.' })
export class AeoCitationType implements Omit<AnswerCitation, 'answerId' | 'brandId'> {
  @Field(() => Int, { description: "Which of the answer's it is, from 1." })
  place!: number;

  @Field(() => String, { description: 'Its address; of Gemini, one that leads to it.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  title!: string | null;

  @Field(() => String, { description: 'Its registrable domain; empty where nobody says it.' })
  domain!: string;
}

export const AeoAnswerConnection = connectionOf(() => AeoAnswerType, 'AeoAnswer');

@InputType({ description: 'Which answers are wanted.' })
class AeoAnswerFilterInput implements AnswerFilter {
  @Field(() => ID, { nullable: true, description: 'To this question.' })
  questionId?: string | null;

  @Field(() => AnswerPlatformEnum, { nullable: true, description: 'Of this platform.' })
  platform?: AnswerPlatformName | null;

  @Field(() => QuestionCategoryEnum, { nullable: true, description: 'Of this category.' })
  category?: QuestionCategory | null;

  @Field(() => QuestionTypeEnum, { nullable: true, description: 'Of this type.' })
  type?: QuestionType | null;

  @Field(() => AnswerStatusEnum, { nullable: true, description: 'With this status.' })
  status?: AnswerStatus | null;

  @Field(() => String, { nullable: true, description: 'That are missing for this reason.' })
  errorCode?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they say that they know nothing.',
  })
  isEmpty?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The brand that the next three are about; the client's own where it is left out. By itself: answers that mention or cite it.",
  })
  brandId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they mention the brand; answers that are not there do neither.',
  })
  isMentioned?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they cite the brand.' })
  isCited?: boolean | null;

  @Field(() => SentimentLabelEnum, {
    nullable: true,
    description: 'That speak of the brand so.',
  })
  sentiment?: SentimentLabel | null;

  @Field(() => String, { nullable: true, description: 'That cite this registrable domain.' })
  domain?: string | null;
}

@ArgsType()
export class AeoAnswerArgs extends PageArgs {
  @Field(() => AeoAnswerFilterInput, { nullable: true, description: 'All where left out.' })
  filter?: AeoAnswerFilterInput | null;
}
