import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AeoSetUp, KeptProposals } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import type {
  AeoSettings,
  AskedPlatform,
  BatchStrategy,
} from '../domain/aeo-audit/aeo-settings.ts';
import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { NewSetUp, SetUpChanges } from '../domain/aeo-audit/save-set-up.ts';
import type { CustomQuestion } from '../domain/aeo-question/custom-provider.ts';
import type { QuestionCategory } from '../domain/aeo-question/question-category.ts';
import type { Recurrence } from '../domain/job/recurrence.ts';
import { AnswerPlatformEnum, BatchStrategyEnum, QuestionCategoryEnum } from './aeo-enums.ts';
import { AeoProposalsType } from './aeo-proposals.type.ts';
import { connectionOf } from './connection.ts';
import { NodeType } from './node.ts';
import { RecurrenceInput, RecurrenceType } from './recurrence.type.ts';
import { DateTimeScalar, DecimalScalar } from './scalars.ts';

const says = {
  name: 'Its name, unique among the set-ups of its client.',
  platform: 'The platform.',
  model: 'The model, as the platform names it.',
  webSearch: 'Whether it may search the web first, and so cite.',
  text: 'The question.',
  category: 'What it is about.',
  categories: 'What is asked about.',
  customQuestions: 'Questions of your own; they are always asked.',
  proposeQuestions: 'Whether the first platform proposes questions, too.',
  platforms: 'Whom the questions are put to.',
  repetitions: 'How often each platform is asked each question, 1 to 10.',
  maxQuestions: 'Questions in all, at most.',
  minPerCategory: 'Questions of each category, as far as there are so many.',
  maxPerCategory: 'Questions of each category, at most.',
  maxOutputTokens: 'Length of one answer in tokens, at most.',
  costCap: 'US dollars; nothing is asked that could cost more. Without one where null.',
  batchStrategy: 'How the questions are released.',
  batchSize: 'Questions released together, 1 to 100; ADAPTIVE begins with it.',
  batchPauseSeconds: 'Between two batches.',
  confidenceThreshold: 'Mentions that are less certain do not count; 0 to 1.',
  timing: "When audits begin by themselves, by the client's clock",
};

@ObjectType('AskedPlatform', { description: 'Whom questions are put to, and how.' })
class AskedPlatformType implements AskedPlatform {
  @Field(() => AnswerPlatformEnum, { description: says.platform })
  platform!: AnswerPlatformName;

  @Field(() => String, { description: says.model })
  model!: string;

  @Field(() => Boolean, { description: says.webSearch })
  webSearch!: boolean;
}

@ObjectType('CustomQuestion', { description: "A question of people's own." })
class CustomQuestionType implements CustomQuestion {
  @Field(() => String, { description: says.text })
  text!: string;

  @Field(() => QuestionCategoryEnum, { description: says.category })
  category!: QuestionCategory;
}

@ObjectType('AeoSettings', { description: 'What audits ask, where, and within which bounds.' })
export class AeoSettingsType implements Omit<AeoSettings, 'costCap'> {
  @Field(() => [QuestionCategoryEnum], { description: says.categories })
  categories!: QuestionCategory[];

  @Field(() => [CustomQuestionType], { description: says.customQuestions })
  customQuestions!: CustomQuestion[];

  @Field(() => Boolean, { description: says.proposeQuestions })
  proposeQuestions!: boolean;

  @Field(() => [AskedPlatformType], { description: says.platforms })
  platforms!: AskedPlatform[];

  @Field(() => Int, { description: says.repetitions })
  repetitions!: number;

  @Field(() => Int, { description: says.maxQuestions })
  maxQuestions!: number;

  @Field(() => Int, { description: says.minPerCategory })
  minPerCategory!: number;

  @Field(() => Int, { description: says.maxPerCategory })
  maxPerCategory!: number;

  @Field(() => Int, { description: says.maxOutputTokens })
  maxOutputTokens!: number;

  @Field(() => BatchStrategyEnum, { description: says.batchStrategy })
  batchStrategy!: BatchStrategy;

  @Field(() => Int, { description: says.batchSize })
  batchSize!: number;

  @Field(() => Float, { description: says.batchPauseSeconds })
  batchPauseSeconds!: number;

  @Field(() => Float, { description: says.confidenceThreshold })
  confidenceThreshold!: number;
}

type Fields = Pick<
  AeoSetUp,
  'name' | 'settings' | 'proposals' | 'timing' | 'removedAt' | 'createdAt' | 'updatedAt'
>;

@ObjectType('AeoSetUp', {
  implements: NodeType,
  description: 'What audits of a client ask: those of one set-up are compared with each other.',
})
export class AeoSetUpType extends NodeType implements Fields {
  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => AeoSettingsType, { description: 'What is asked from now on.' })
  settings!: AeoSettings;

  @Field(() => AeoProposalsType, {
    nullable: true,
    description:
      'What its audits ask beside, until brand, categories or counts change or `forgetAeoProposals` ends it; null until an audit has had some proposed.',
  })
  proposals!: KeptProposals | null;

  @Field(() => RecurrenceType, {
    nullable: true,
    description: `${says.timing}; null where they are begun by hand alone.`,
  })
  timing!: Recurrence | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was taken away.' })
  removedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const AeoSetUpConnection = connectionOf(() => AeoSetUpType, 'AeoSetUp');

@InputType({ description: 'Whom questions are put to, and how.' })
class AskedPlatformInput implements AskedPlatform {
  @Field(() => AnswerPlatformEnum, { description: says.platform })
  platform!: AnswerPlatformName;

  @Field(() => String, { description: says.model })
  model!: string;

  @Field(() => Boolean, { defaultValue: true, description: says.webSearch })
  webSearch!: boolean;
}

@InputType({ description: "A question of people's own." })
class CustomQuestionInput implements CustomQuestion {
  @Field(() => String, { description: says.text })
  text!: string;

  @Field(() => QuestionCategoryEnum, { description: says.category })
  category!: QuestionCategory;
}

@InputType()
class AeoBoundsInput {
  @Field(() => [CustomQuestionInput], { nullable: true, description: says.customQuestions })
  customQuestions?: CustomQuestionInput[] | null;

  @Field(() => Boolean, { nullable: true, description: says.proposeQuestions })
  proposeQuestions?: boolean | null;

  @Field(() => Int, { nullable: true, description: says.repetitions })
  repetitions?: number | null;

  @Field(() => Int, { nullable: true, description: says.maxQuestions })
  maxQuestions?: number | null;

  @Field(() => Int, { nullable: true, description: says.minPerCategory })
  minPerCategory?: number | null;

  @Field(() => Int, { nullable: true, description: says.maxPerCategory })
  maxPerCategory?: number | null;

  @Field(() => Int, { nullable: true, description: says.maxOutputTokens })
  maxOutputTokens?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: says.costCap })
  costCap?: string | null;

  @Field(() => BatchStrategyEnum, { nullable: true, description: says.batchStrategy })
  batchStrategy?: BatchStrategy | null;

  @Field(() => Int, { nullable: true, description: says.batchSize })
  batchSize?: number | null;

  @Field(() => Float, { nullable: true, description: says.batchPauseSeconds })
  batchPauseSeconds?: number | null;

  @Field(() => Float, { nullable: true, description: says.confidenceThreshold })
  confidenceThreshold?: number | null;

  @Field(() => RecurrenceInput, {
    nullable: true,
    description: `${says.timing}; null has them begun by hand alone.`,
  })
  timing?: RecurrenceInput | null;
}

@InputType({ description: 'A set-up; what is left out is as the deployment has it.' })
export class CreateAeoSetUpInput extends AeoBoundsInput implements NewSetUp {
  @Field(() => ID, { description: 'The client.' })
  clientId!: string;

  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => [QuestionCategoryEnum], { description: says.categories })
  categories!: QuestionCategory[];

  @Field(() => [AskedPlatformInput], { description: says.platforms })
  platforms!: AskedPlatformInput[];

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one set-up.' })
  idempotencyKey?: string | null;
}

@InputType({
  description: 'Changes; what is left out stays, and null takes cost cap or timing away.',
})
export class UpdateAeoSetUpInput extends AeoBoundsInput implements SetUpChanges {
  @Field(() => ID, { description: 'The set-up.' })
  id!: string;

  @Field(() => String, { nullable: true, description: says.name })
  name?: string | null;

  @Field(() => [QuestionCategoryEnum], { nullable: true, description: says.categories })
  categories?: QuestionCategory[];

  @Field(() => [AskedPlatformInput], { nullable: true, description: says.platforms })
  platforms?: AskedPlatformInput[];
}

@ObjectType({ description: 'A set-up that was made, changed or taken away.' })
export class AeoSetUpPayload {
  @Field(() => AeoSetUpType, { description: 'The set-up as it is now.' })
  aeoSetUp!: AeoSetUp;
}
