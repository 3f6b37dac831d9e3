import { answerStatuses } from '../domain/aeo-audit/aeo-answer.entity.ts';
import { auditStages, auditStatuses } from '../domain/aeo-audit/aeo-audit.entity.ts';
import { batchStrategies } from '../domain/aeo-audit/aeo-settings.ts';
import { answerPlatformNames } from '../domain/aeo-audit/answer-platform.ts';
import {
  categoryMeanings,
  providerMeanings,
  questionCategories,
  questionProviderNames,
  questionTypes,
  typeMeanings,
} from '../domain/aeo-question/question-category.ts';
import { enumOf } from './enum-of.ts';

export const AnswerPlatformEnum = enumOf(
  answerPlatformNames,
  'AnswerPlatform',
  'A platform that answers questions.',
  {
    OPENAI: 'OpenAI, by its Responses API.',
    ANTHROPIC: 'Anthropic, by its Messages API.',
    PERPLEXITY: 'Perplexity.',
    GEMINI: 'Google Gemini.',
  },
);

export const QuestionCategoryEnum = enumOf(
  questionCategories,
  'QuestionCategory',
  'What a question is about.',
  categoryMeanings,
);

export const QuestionTypeEnum = enumOf(
  questionTypes,
  'QuestionType',
  'Whom a question names.',
  typeMeanings,
);

export const QuestionProviderEnum = enumOf(
  questionProviderNames,
  'QuestionProvider',
  'Where a question comes from.',
  providerMeanings,
);

export const BatchStrategyEnum = enumOf(
  batchStrategies,
  'BatchStrategy',
  'How the questions of an audit are released.',
  {
    FIXED_SIZE: 'So many questions, at all platforms; the next ones once those are answered.',
    ADAPTIVE: 'More the next time where none failed, fewer where many did.',
    PLATFORM_OPTIMIZED: 'Each platform by itself, as fast as its limit allows.',
  },
);

export const AeoAuditStatusEnum = enumOf(auditStatuses, 'AeoAuditStatus', 'Where an audit is.', {
  PENDING: 'It is to begin.',
  RUNNING: 'It is under way.',
  PAUSED: 'Nothing is asked until it is resumed.',
  COMPLETED: 'Every question was answered.',
  COMPLETED_WITH_ERRORS: 'Some answers are missing; what there is counts.',
  FAILED: 'There is no answer.',
  CANCELLED: 'Somebody ended it; what was answered stays.',
});

export const AeoAuditStageEnum = enumOf(auditStages, 'AeoAuditStage', 'What an audit does.', {
  INITIALIZING: 'It begins.',
  GENERATING_QUESTIONS: 'Its questions are chosen.',
  PROCESSING_QUESTIONS: 'They are asked; brands are looked for in each answer as it comes.',
  DETECTING_BRANDS: 'The brands of the last answers are looked for.',
  FINALIZING: 'It ends.',
});

export const AnswerStatusEnum = enumOf(answerStatuses, 'AnswerStatus', 'Where an answer is.', {
  PENDING: 'It is to be asked for.',
  RELEASED: 'It is being asked for, or waits for its turn.',
  ANSWERED: 'It is there.',
  FAILED: 'It was given up.',
  SKIPPED: 'It was not asked for: the cost cap, or the end of the audit, came first.',
});
