import { z } from 'zod';

const whole = (fallback: number, [least, most]: [number, number], description: string) =>
  z.coerce.number().int().min(least).max(most).default(fallback).describe(description);
const perMinute = (fallback: number, label: string) =>
  whole(fallback, [1, 100_000], `Questions a minute that ${label} is asked with one key`);

/** Settings of audits: part of those of every process, and listed in docs/audit-settings.md. */
export const auditSettings = {
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
  AUDIT_RETRY_BACKOFF_MULTIPLIER: z.coerce
    .number()
    .min(1)
    .max(10)
    .default(2)
    .describe('What the wait before each of those is multiplied by'),
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
};
