import type { Config } from '../config-schema.ts';
import type { AnswerLimits } from '../domain/aeo-audit/answer-services.ts';

/** How platforms that answer questions are treated. */
export function answerLimitsOf(config: Config): AnswerLimits {
  const paceOf = (perMinute: number) => ({ perMinute, burst: config.AUDIT_PLATFORM_BURST });
  const usualThreshold = config.NODE_ENV === 'production' ? 10 : 5;
  return {
    paces: {
      OPENAI: paceOf(config.AUDIT_OPENAI_RPM),
      ANTHROPIC: paceOf(config.AUDIT_ANTHROPIC_RPM),
      PERPLEXITY: paceOf(config.AUDIT_PERPLEXITY_RPM),
      GEMINI: paceOf(config.AUDIT_GOOGLE_AI_RPM),
    },
    breaker: {
      mostFailures: config.AUDIT_CIRCUIT_BREAKER_THRESHOLD ?? usualThreshold,
      openSeconds: config.AUDIT_CIRCUIT_BREAKER_TIMEOUT_SECONDS,
    },
    retries: {
      strategy: config.AUDIT_RETRY_STRATEGY,
      attempts: config.AUDIT_PLATFORM_RETRY_ATTEMPTS,
      multiplier: config.AUDIT_RETRY_BACKOFF_MULTIPLIER,
    },
  };
}
