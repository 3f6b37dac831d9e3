import type { Pace, Pacer } from '../pacer.ts';
import type { Breaker } from '../platform-credential/platform-state.ts';
import type { AnswerPlatformName, AnswerPlatforms } from './answer-platform.ts';
import type { AuditPolicy } from './audit-policy.ts';
import type { RetrySettings } from './describe-retry.ts';

/** How platforms are treated, as the deployment has it. */
export interface AnswerLimits {
  /** Of one credential. */
  paces: Record<AnswerPlatformName, Pace>;
  breaker: Breaker;
  retries: RetrySettings;
}

/** What questions are asked with. */
export interface AnswerServices {
  platforms: AnswerPlatforms;
  /** Gives turns, by `turnsOf` a credential. */
  pacer: Pacer;
  limits: AnswerLimits;
  policy: AuditPolicy;
}
