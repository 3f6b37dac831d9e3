import type { Config } from '../config-schema.ts';
import type { AuditPolicy } from '../domain/aeo-audit/audit-policy.ts';

/** What the settings grant audits. */
export function auditPolicyOf(config: Config): AuditPolicy {
  return {
    batchSize: config.AUDIT_BATCH_SIZE,
    batchStrategy: config.AUDIT_BATCH_STRATEGY,
    batchPauseSeconds: config.AUDIT_INTER_BATCH_DELAY,
    maxQuestions: config.AUDIT_MAX_QUESTIONS,
    minPerCategory: config.AUDIT_MIN_QUESTIONS_PER_CATEGORY,
    maxPerCategory: config.AUDIT_MAX_QUESTIONS_PER_CATEGORY,
    platformsAtOnce: config.AUDIT_MAX_CONCURRENT_PLATFORMS,
    confidenceThreshold: config.AUDIT_BRAND_CONFIDENCE_THRESHOLD,
    maxContexts: config.AUDIT_MAX_BRAND_CONTEXTS,
    recoveries: config.AUDIT_MAX_RETRY_ATTEMPTS,
    orphanHours: config.AUDIT_ORPHAN_HOURS,
    keyTrialSeconds: config.AUDIT_HEALTH_CHECK_INTERVAL,
    answerDays: config.AUDIT_DATA_RETENTION_DAYS,
    reportDays: config.AUDIT_REPORT_RETENTION_DAYS,
    reportBytes: config.AUDIT_MAX_REPORT_SIZE_MB * 1024 ** 2,
    requestsPerHour: config.AUDIT_RATE_LIMIT_PER_CLIENT,
    auditsAtOnce: config.AUDIT_MAX_CONCURRENT_RUNS_PER_CLIENT,
  };
}
