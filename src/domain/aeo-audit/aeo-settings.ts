import type { CustomQuestion } from '../aeo-question/custom-provider.ts';
import type { QuestionCategory } from '../aeo-question/question-category.ts';
import type { AnswerPlatformName } from './answer-platform.ts';

/**
 * How pending answers are released to be asked.
 *
 * FIXED_SIZE: so many questions, at all platforms; the next ones once those are answered, after a pause. ADAPTIVE: more
 * the next time where none failed, fewer where many did. PLATFORM_OPTIMIZED: each platform by itself, as fast as its
 * limit allows.
 */
export const batchStrategies = ['FIXED_SIZE', 'ADAPTIVE', 'PLATFORM_OPTIMIZED'] as const;
export type BatchStrategy = (typeof batchStrategies)[number];

/** Whom questions are put to, and how. */
export interface AskedPlatform {
  platform: AnswerPlatformName;
  model: string;
  /** Whether it may search the web first. */
  webSearch: boolean;
}

/** What an audit asks, where, and within which bounds. */
export interface AeoSettings {
  categories: QuestionCategory[];
  customQuestions: CustomQuestion[];
  /** Whether the first platform proposes questions, too. */
  proposeQuestions: boolean;
  platforms: AskedPlatform[];
  /** How often each platform is asked each question. */
  repetitions: number;
  maxQuestions: number;
  minPerCategory: number;
  maxPerCategory: number;
  /** Of one answer. */
  maxOutputTokens: number;
  /** US dollars after which nothing more is asked; null where there is no such limit. */
  costCap: string | null;
  batchStrategy: BatchStrategy;
  /** Questions released together. */
  batchSize: number;
  /** Between two batches. */
  batchPauseSeconds: number;
  /** Below it, a mention does not count; 0 to 1. */
  confidenceThreshold: number;
}
