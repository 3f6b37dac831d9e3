import { z } from 'zod';
import { batchStrategies } from './domain/aeo-audit/aeo-settings.ts';
import { retryStrategies } from './domain/aeo-audit/describe-retry.ts';

const whole = (fallback: number, [least, most]: [number, number], description: string) =>
  z.coerce.number().int().min(least).max(most).default(fallback).describe(description);
const perMinute = (fallback: number, label: string) =>
  whole(fallback, [1, 100_000], `Questions a minute that ${label} is asked with one key`);

const share = (fallback: number, description: string) =>
  z.coerce.number().min(0).max(1).default(fallback).describe(description);

/** Settings of audits: part of those of every process, and listed in docs/audit-settings.md. */
export const auditSettings = {
  AUDIT_BATCH_SIZE: whole(10, [1, 100], 'Questions that are released together'),
  AUDIT_BATCH_STRATEGY: z
    .enum(batchStrategies)
    .default('FIXED_SIZE')
    .describe('How they are released: `FIXED_SIZE`, `ADAPTIVE` or `PLATFORM_OPTIMIZED`'),
  AUDIT_INTER_BATCH_DELAY: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(2)
    .describe('Seconds between two batches'),
  AUDIT_MAX_QUESTIONS: whole(200, [1, 1_000], 'Questions of one audit'),
  AUDIT_MIN_QUESTIONS_PER_CATEGORY: whole(5, [0, 100], 'Questions of each category, if there are'),
  AUDIT_MAX_QUESTIONS_PER_CATEGORY: whole(50, [1, 200], 'Questions of each category at most'),
  AUDIT_MAX_CONCURRENT_PLATFORMS: whole(4, [1, 4], 'Platforms that an audit asks at once'),
  AUDIT_BRAND_CONFIDENCE_THRESHOLD: share(0.7, 'Mentions that are less certain do not count'),
  AUDIT_MAX_BRAND_CONTEXTS: whole(3, [0, 10], 'Surroundings of mentions shown of one answer'),
  AUDIT_MAX_RETRY_ATTEMPTS: whole(3, [0, 10], 'Times that a failed audit is taken up by itself'),
  AUDIT_ORPHAN_HOURS: whole(24, [1, 168], 'Hours without a step after which an audit is ended'),
  AUDIT_RATE_LIMIT_PER_CLIENT: whole(
    100,
    [1, 100_000],
    'Requests an hour, of one client, to start, resume or retry an audit',
  ),
  AUDIT_MAX_CONCURRENT_RUNS_PER_CLIENT: whole(5, [1, 1_000], 'Audits of one client at once'),
  AUDIT_OPENAI_RPM: perMinute(500, 'OpenAI'),
  AUDIT_ANTHROPIC_RPM: perMinute(1_000, 'Anthropic'),
  AUDIT_PERPLEXITY_RPM: perMinute(200, 'Perplexity'),
  AUDIT_GOOGLE_AI_RPM: perMinute(600, 'Gemini'),
  AUDIT_PLATFORM_BURST: whole(10, [1, 1_000], 'Of those, questions that may be asked at once'),
  AUDIT_PLATFORM_TIMEOUT_SECONDS: whole(30, [1, 600], 'How long a platform may take to answer'),
  AUDIT_MAX_ANSWER_BYTES: whole(
    2_000_000,
    [1_000, 100_000_000],
    'Size of an answer, unpacked, beyond which it is cut off and not used',
  ),
  AUDIT_PLATFORM_RETRY_ATTEMPTS: whole(
    3,
    [0, 10],
    'Times that a question is asked again after a failure that may pass',
  ),
  AUDIT_RETRY_STRATEGY: z
    .enum(retryStrategies)
    .default('EXPONENTIAL_BACKOFF')
    .describe(
      'How the waits before those grow: `EXPONENTIAL_BACKOFF`, `LINEAR_BACKOFF` or `IMMEDIATE`; what a platform says holds always',
    ),
  AUDIT_RETRY_BACKOFF_MULTIPLIER: z.coerce
    .number()
    .min(1)
    .max(10)
    .default(2)
    .describe('What each wait is multiplied by for the next, by `EXPONENTIAL_BACKOFF`'),
  AUDIT_CIRCUIT_BREAKER_THRESHOLD: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Failures in a row after which nothing is asked with a key for a while; unset = 5, in production 10',
    ),
  AUDIT_CIRCUIT_BREAKER_TIMEOUT_SECONDS: whole(60, [1, 3_600], 'How long that is'),
  AUDIT_WORKER_CONCURRENCY: whole(
    400,
    [1, 1_000],
    'Jobs of audits at once, per worker process: most of them only wait for a platform',
  ),
  AUDIT_DATA_RETENTION_DAYS: whole(
    90,
    [1, 3_650],
    'Days that questions and answers of an audit are kept, from its end',
  ),
  AUDIT_REPORT_RETENTION_DAYS: whole(180, [1, 3_650], 'Days that a report of an audit is kept'),
  AUDIT_MAX_REPORT_SIZE_MB: whole(50, [1, 1_000], 'Size of a report beyond which there is none'),
  AUDIT_HEALTH_CHECK_INTERVAL: whole(
    30,
    [5, 86_400],
    'Seconds in which a key is tried once at most to tell how its platform does',
  ),
  AUDIT_METRICS_ENABLED: z
    .stringbool()
    .default(true)
    .describe('Whether workers count and time what they do for audits'),
};
