import { loadConfig } from '../../../src/config.ts';
import type { AnswerPlatforms } from '../../../src/domain/aeo-audit/answer-platform.ts';
import type { AnswerServices } from '../../../src/domain/aeo-audit/answer-services.ts';
import type { Pacer } from '../../../src/domain/pacer.ts';
import { answerLimitsOf } from '../../../src/infra/answer-limits-of.ts';
import { auditPolicyOf } from '../../../src/infra/audit-policy-of.ts';

/** What questions are asked with, under the usual limits; nobody is there to ask, unless given. */
export const answerServices = (
  pacer: Pacer,
  platforms: AnswerPlatforms = new Map(),
): AnswerServices => ({
  ...{ pacer, platforms, limits: answerLimitsOf(loadConfig({})) },
  policy: auditPolicyOf(loadConfig({})),
});
