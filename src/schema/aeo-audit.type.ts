import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AeoAudit, AuditStage, AuditStatus } from '../domain/aeo-audit/aeo-audit.entity.ts';
import type { AeoSettings } from '../domain/aeo-audit/aeo-settings.ts';
import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { CostEstimate, PlatformEstimate } from '../domain/aeo-audit/estimate-cost.ts';
import type { AuditProgress, PlatformProgress } from '../domain/aeo-audit/measure-audits.ts';
import { AeoAuditStageEnum, AeoAuditStatusEnum, AnswerPlatformEnum } from './aeo-enums.ts';
import { AeoSettingsType } from './aeo-set-up.type.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar, DecimalScalar } from './scalars.ts';

type Fields = Pick<
  AeoAudit,
  | ('status' | 'settings' | 'questionCount' | 'answerCount' | 'recoveries')
  | ('errorCode' | 'createdAt' | 'startedAt' | 'finishedAt')
  | 'answersRemovedAt'
>;

@ObjectType('AeoAudit', {
  implements: NodeType,
  description: "One time that a set-up's questions are put to its platforms.",
})
export class AeoAuditType extends NodeType implements Fields {
  @Field(() => AeoAuditStatusEnum, { description: 'Where it is.' })
  status!: AuditStatus;

  @Field(() => AeoSettingsType, { description: 'What its set-up said when it began.' })
  settings!: AeoSettings;

  @Field(() => Int, { nullable: true, description: 'Its questions; null until they are chosen.' })
  questionCount!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Answers wanted: questions x platforms x repetitions; null until then.',
  })
  answerCount!: number | null;

  @Field(() => Int, { description: 'How often it was taken up again by itself.' })
  recoveries!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why most of what is missing is missing, such as RATE_LIMITED or COST_CAP.',
  })
  errorCode!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it began.' })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when its questions and answers are no longer kept, and of its results the figures alone; null while they are.',
  })
  answersRemovedAt!: Date | null;
}

@ObjectType('AeoPlatformProgress', { description: 'How far an audit is on one platform.' })
class AeoPlatformProgressType implements PlatformProgress {
  @Field(() => AnswerPlatformEnum, { description: 'The platform.' })
  platform!: AnswerPlatformName;

  @Field(() => Int, { description: 'Answers that are to be asked for.' })
  pending!: number;

  @Field(() => Int, { description: 'Those that are being asked for, or wait for their turn.' })
  released!: number;

  @Field(() => Int, { description: 'Those that are there.' })
  answered!: number;

  @Field(() => Int, { description: 'Those that were given up.' })
  failed!: number;

  @Field(() => Int, { description: 'Those that were not asked for.' })
  skipped!: number;

  @Field(() => Float, { description: 'Share that has ended, 0 to 1.' })
  progress!: number;

  @Field(() => Int, { description: 'Times that it gave no answer, and was mostly asked again.' })
  errors!: number;
}

@ObjectType('AeoAuditProgress', { description: 'How far an audit is.' })
export class AeoAuditProgressType implements AuditProgress {
  @Field(() => AeoAuditStageEnum, { description: 'What it does.' })
  stage!: AuditStage;

  @Field(() => Float, { description: 'Share of the whole, 0 to 1; it only grows.' })
  progress!: number;

  @Field(() => Float, { description: 'Share of the stage, 0 to 1.' })
  stageProgress!: number;

  @Field(() => [AeoPlatformProgressType], { description: 'By platform.' })
  platforms!: PlatformProgress[];

  @Field(() => Int, { description: 'How often questions were released.' })
  batch!: number;

  @Field(() => Float, { nullable: true, description: 'Null until there are some.' })
  answersPerMinute!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'By the speed so far.' })
  estimatedCompletionAt!: Date | null;

  @Field(() => DecimalScalar, {
    description: 'US dollars, of answers whose price is known, and for the proposal of questions.',
  })
  spent!: string;

  @Field(() => String, { nullable: true, description: 'The latest failure in words.' })
  lastError!: string | null;
}

export const AeoAuditConnection = connectionOf(() => AeoAuditType, 'AeoAudit');

@InputType({ description: 'Which audits are wanted.' })
export class AeoAuditFilterInput {
  @Field(() => ID, { nullable: true, description: 'Of this client.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this set-up.' })
  setUpId?: string | null;

  @Field(() => AeoAuditStatusEnum, { nullable: true, description: 'With this status.' })
  status?: AuditStatus | null;
}

@ArgsType()
export class AeoAuditArgs extends PageArgs {
  @Field(() => AeoAuditFilterInput, { nullable: true, description: 'All where left out.' })
  filter?: AeoAuditFilterInput | null;
}

@ObjectType({ description: 'An audit that was begun or changed.' })
export class AeoAuditPayload {
  @Field(() => AeoAuditType, { description: 'The audit as it is now.' })
  aeoAudit!: AeoAudit;
}

@ObjectType('AeoPlatformEstimate', { description: 'What asking one platform is likely to take.' })
class AeoPlatformEstimateType implements PlatformEstimate {
  @Field(() => AnswerPlatformEnum, { description: 'The platform.' })
  platform!: AnswerPlatformName;

  @Field(() => String, { description: 'The model.' })
  model!: string;

  @Field(() => Int, { description: 'How often it is asked.' })
  calls!: number;

  @Field(() => Int, { description: 'Tokens that it reads, what it finds on the web included.' })
  inputTokens!: number;

  @Field(() => Int, { description: 'Tokens that it writes.' })
  outputTokens!: number;

  @Field(() => Int, { description: 'Searches that it charges for.' })
  searches!: number;

  @Field(() => DecimalScalar, { nullable: true, description: 'US dollars; null without a price.' })
  cost!: string | null;

  @Field(() => String, { nullable: true, description: 'Why there is no cost.' })
  unpriced!: string | null;
}

@ObjectType('AeoAuditEstimate', {
  description: 'What an audit is likely to take, by the prices of today, before anything is asked.',
})
export class AeoAuditEstimateType implements CostEstimate {
  @Field(() => Int, { description: 'Questions that would be asked.' })
  questions!: number;

  @Field(() => Int, { description: 'Calls in all.' })
  calls!: number;

  @Field(() => Int, { description: 'Tokens that are read, in all.' })
  inputTokens!: number;

  @Field(() => Int, { description: 'Tokens that are written, in all.' })
  outputTokens!: number;

  @Field(() => Int, { description: 'Searches, in all.' })
  searches!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'US dollars in all; null where the price of some model is not known.',
  })
  cost!: string | null;

  @Field(() => [AeoPlatformEstimateType], { description: 'By platform.' })
  platforms!: PlatformEstimate[];

  @Field(() => [String], { description: 'What could not be made, such as too few questions.' })
  notes!: readonly string[];
}
