import type { BatchStrategy } from './aeo-settings.ts';

/** What a deployment grants audits, and what holds where a set-up says nothing. Source: seed 003, 4.1 and 12.1. */
export interface AuditPolicy {
  batchSize: number;
  batchStrategy: BatchStrategy;
  batchPauseSeconds: number;
  maxQuestions: number;
  minPerCategory: number;
  maxPerCategory: number;
  /** Platforms that an audit asks at once. */
  platformsAtOnce: number;
  /** Below it, a mention does not count; 0 to 1. */
  confidenceThreshold: number;
  /** Surroundings of mentions that are shown of an answer. */
  maxContexts: number;
  /** Audits of a client that may be under way at once. */
  auditsAtOnce: number;
  /** Requests an hour, of a client, to start, resume or retry an audit. */
  requestsPerHour: number;
  /** How often an audit that failed is taken up again by itself. */
  recoveries: number;
  /** Hours without any answer after which an audit counts as orphaned. */
  orphanHours: number;
  /** Seconds in which a key is tried once at most to tell of its platform's health. */
  keyTrialSeconds: number;
  /** Days that questions and answers of an audit are kept, from its end. */
  answerDays: number;
  /** Days that a report of an audit is kept, and how large it may be. */
  reportDays: number;
  reportBytes: number;
}
