import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { AnswerPlatformName } from './answer-platform.ts';

/** SKIPPED: the audit's cost cap, or its end, came first. */
export const answerStatuses = ['PENDING', 'RELEASED', 'ANSWERED', 'FAILED', 'SKIPPED'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

const schema = defineEntity({
  name: 'AeoAnswer',
  tableName: 'aeo_answers',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    auditId: p.uuid(),
    questionId: p.uuid(),
    platform: p.text().$type<AnswerPlatformName>(),
    /** From 1. */
    repetition: p.smallint(),
    status: p.enum(answerStatuses).default('PENDING'),
    /** The job that asks; the latest one, where it was asked again. */
    jobRunId: p.uuid().strictNullable(),
    batch: p.integer().strictNullable(),
    /** US dollars that it may cost at most, while it is on its way. */
    costCeiling: p.decimal('string').precision(24).scale(15).strictNullable(),
    /** US dollars; null where no price is known. */
    cost: p.decimal('string').precision(24).scale(15).strictNullable(),
    /** Times that it came to nothing. */
    failures: p.smallint().default(0),
    /** Times that the platform said to come later. */
    refusals: p.smallint().default(0),
    errorCode: p.text().strictNullable(),
    errorMessage: p.text().strictNullable(),
    /** Its text and what the platform sent, encrypted. */
    contentCiphertext: p.text().strictNullable().lazy(),
    /** As the platform names what answered. */
    model: p.text().strictNullable(),
    finishReason: p.text().strictNullable(),
    requestId: p.text().strictNullable(),
    latencyMs: p.integer().strictNullable(),
    inputTokens: p.integer().strictNullable(),
    outputTokens: p.integer().strictNullable(),
    searches: p.integer().strictNullable(),
    /** Whether it says that it knows nothing. */
    isEmpty: p.boolean().strictNullable(),
    endedAt: p.datetime().strictNullable(),
  },
});

/** One question to one platform, once: what was, or is to be, answered. */
export class AeoAnswer extends schema.class {}
schema.setClass(AeoAnswer);
