import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { QuestionCategory, QuestionType } from '../domain/aeo-question/question-category.ts';
import type { BrandResult, Mean, SentimentResult } from '../domain/aeo-results/brand-result.ts';
import type {
  AnswerCounts,
  AuditResults,
  ResultFilter,
  ResultGroup,
} from '../domain/aeo-results/measure-results.ts';
import type { Proportion } from '../domain/aeo-results/proportion.ts';
import { AnswerPlatformEnum, QuestionCategoryEnum, QuestionTypeEnum } from './aeo-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('AeoProportion', { description: 'A part of a whole, with what chance leaves of it.' })
export class AeoProportionType implements Proportion {
  @Field(() => Float, { nullable: true, description: '0 to 1; null of nothing.' })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: "Wilson's lower bound, at 95 %." })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: "Wilson's upper bound, at 95 %." })
  high!: number | null;

  @Field(() => Int, { description: 'The part.' })
  numerator!: number;

  @Field(() => Int, { description: 'The whole.' })
  denominator!: number;
}

@ObjectType('AeoMean', { description: 'A mean over answers.' })
export class AeoMeanType implements Mean {
  @Field(() => Float, { nullable: true, description: 'The mean; null of nothing.' })
  value!: number | null;

  @Field(() => Int, { description: 'Of how many answers.' })
  count!: number;
}

@ObjectType('AeoSentiment', { description: 'How answers speak of a brand that they mention.' })
export class AeoSentimentType implements SentimentResult {
  @Field(() => Float, {
    nullable: true,
    description: 'The mean, from -1 (blamed) to 1 (praised); null where none is graded.',
  })
  value!: number | null;

  @Field(() => Int, { description: 'Of how many answers: those that are graded.' })
  count!: number;

  @Field(() => Int, { description: 'Answers that praise it.' })
  positive!: number;

  @Field(() => Int, { description: 'Answers that do neither.' })
  neutral!: number;

  @Field(() => Int, { description: 'Answers that blame it.' })
  negative!: number;

  @Field(() => Int, { description: 'Answers that do both.' })
  mixed!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Answers that mention it in a language that is not graded: they are in none of the others. Null in figures that were kept before this was told, where they are neutral.',
  })
  ungraded!: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What graded them, with its version: figures of different versions cannot be compared. Null as `ungraded` is.',
  })
  graders!: string[] | null;
}

@ObjectType('AeoBrandResult', { description: 'What answers say of one brand.' })
export class AeoBrandResultType implements Omit<BrandResult, 'brandId'> {
  @Field(() => String, { description: 'Its name when the audit began.' })
  name!: string;

  @Field(() => Boolean, { description: "Whether it was the client's own then." })
  isOwn!: boolean;

  @Field(() => AeoProportionType, {
    description:
      'Answers that mention it, of all that were given. Those that failed or were skipped are in neither.',
  })
  visibility!: Proportion;

  @Field(() => AeoProportionType, {
    description:
      'Its mentions, of the mentions of all brands that are looked for; null where none is mentioned. Its bounds take mentions to be independent, which those of one answer are not quite.',
  })
  shareOfVoice!: Proportion;

  @Field(() => AeoProportionType, {
    description:
      'Answers that cite a domain of it, of those of platforms that may search the web; null without such.',
  })
  citationRate!: Proportion;

  @Field(() => AeoMeanType, {
    description:
      'Where it stands: its rank in the list of an answer, else by first mention among the brands; 1 is first. Of answers that mention it.',
  })
  position!: Mean;

  @Field(() => AeoSentimentType, { description: 'How they speak of it.' })
  sentiment!: SentimentResult;
}

@ObjectType('AeoAnswerCounts', { description: 'What became of questions.' })
class AeoAnswerCountsType implements AnswerCounts {
  @Field(() => Int, {
    description:
      'Questions x platforms x repetitions; what is in none of the others is still to come.',
  })
  wanted!: number;

  @Field(() => Int, { description: 'Answers that were given.' })
  answered!: number;

  @Field(() => Int, { description: 'Those that were given up.' })
  failed!: number;

  @Field(() => Int, { description: 'Those that were not asked for.' })
  skipped!: number;

  @Field(() => Int, {
    description:
      'Of the answers that were given, those that say that they know nothing. They mention nobody, and count among all answers.',
  })
  noInformation!: number;
}

const says = {
  counts: 'What became of its questions.',
  brands: "What they say of brands: the client's own first, then by name.",
};

@ObjectType('AeoPlatformResults', { description: 'What the answers of one platform say.' })
class AeoPlatformResultsType implements ResultGroup {
  @Field(() => AnswerPlatformEnum, { description: 'The platform.' })
  platform!: AnswerPlatformName;

  @Field(() => AeoAnswerCountsType, { description: says.counts })
  counts!: AnswerCounts;

  @Field(() => [AeoBrandResultType], { description: says.brands })
  brands!: BrandResult[];
}

@ObjectType('AeoCategoryResults', { description: 'What answers to one category say.' })
class AeoCategoryResultsType implements ResultGroup {
  @Field(() => QuestionCategoryEnum, { description: 'What the questions are about.' })
  category!: QuestionCategory;

  @Field(() => AeoAnswerCountsType, { description: says.counts })
  counts!: AnswerCounts;

  @Field(() => [AeoBrandResultType], { description: says.brands })
  brands!: BrandResult[];
}

@ObjectType('AeoTypeResults', { description: 'What answers to one type of questions say.' })
class AeoTypeResultsType implements ResultGroup {
  @Field(() => QuestionTypeEnum, { description: 'Whom the questions name.' })
  type!: QuestionType;

  @Field(() => AeoAnswerCountsType, { description: says.counts })
  counts!: AnswerCounts;

  @Field(() => [AeoBrandResultType], { description: says.brands })
  brands!: BrandResult[];
}

@ObjectType('AeoResults', { description: 'What the answers of an audit say so far.' })
export class AeoResultsType implements AuditResults {
  @Field(() => AeoAnswerCountsType, { description: says.counts })
  counts!: AnswerCounts;

  @Field(() => [AeoBrandResultType], { description: says.brands })
  brands!: BrandResult[];

  @Field(() => [AeoPlatformResultsType], { description: 'The same by platform.' })
  byPlatform!: AuditResults['byPlatform'];

  @Field(() => [AeoCategoryResultsType], { description: 'The same by category.' })
  byCategory!: AuditResults['byCategory'];

  @Field(() => [AeoTypeResultsType], {
    description:
      'The same by whom questions name: to those that name a brand, answers mention it nearly always.',
  })
  byType!: AuditResults['byType'];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when the answers of these platforms or categories are no longer kept: nothing is counted, and nothing said of them. Null where every answer counts, as in results of all of them.',
  })
  answersRemovedAt!: Date | null;
}

@ArgsType()
export class AeoResultsArgs implements Partial<ResultFilter> {
  @Field(() => [AnswerPlatformEnum], {
    nullable: true,
    description: 'Only answers of these platforms.',
  })
  platforms!: AnswerPlatformName[] | null;

  @Field(() => [QuestionCategoryEnum], {
    nullable: true,
    description: 'Only answers to questions of these categories.',
  })
  categories!: QuestionCategory[] | null;
}
