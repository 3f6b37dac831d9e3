import { Counter, Histogram, type Registry } from 'prom-client';
import { answerPlatformNames } from '../../domain/aeo-audit/answer-platform.ts';
import { platformErrorKinds } from '../../domain/aeo-audit/platform-error.ts';
import type { AuditObserver } from '../../jobs/audit-observer.ts';

/**
 * Counts what a worker does for audits, from none of each platform and reason on. Source: seed 003, 5.1: names, labels and
 * buckets are its own.
 */
export function createAuditMetrics(registry: Registry): AuditObserver {
  const registers = [registry];
  const count = (name: string, help: string) => new Counter({ name, help, registers });
  const time = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  const begun = count('audit_runs_started_total', 'Audits that this worker took up');
  const completed = count('audit_runs_completed_total', 'Audits that ended with answers');
  const failed = count('audit_runs_failed_total', 'Audits that ended without any, or were lost');
  const questions = time(
    'question_generation_duration_seconds',
    'Time that choosing the questions of an audit took',
    [1, 5, 10, 30, 60],
  );
  const batches = time(
    'audit_batch_duration_seconds',
    'Time from the release of a batch of questions until all its answers had ended',
    [1, 5, 10, 30, 60, 120, 300],
  );
  const detection = time(
    'brand_detection_duration_seconds',
    'Time that looking for brands in an answer took',
    [0.1, 0.5, 1, 2, 5],
  );
  const latency = new Histogram({
    name: 'platform_query_latency_seconds',
    help: 'Time that platforms took to answer, or not to, by platform',
    labelNames: ['platform'],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const queries = new Counter({
    name: 'platform_queries_total',
    help: 'Times that platforms were asked, by platform and status (success, error)',
    labelNames: ['platform', 'status'],
    registers,
  });
  const errors = new Counter({
    name: 'platform_errors_total',
    help: 'Times that platforms did not answer, by platform and reason (rate_limit, timeout, unavailable, malformed, authentication, rejected)',
    labelNames: ['platform', 'reason'],
    registers,
  });
  for (const platform of answerPlatformNames.map(labelOf)) {
    latency.zero({ platform });
    for (const status of ['success', 'error']) queries.inc({ platform, status }, 0);
    for (const kind of platformErrorKinds) errors.inc({ platform, reason: reasonOf(kind) }, 0);
  }
  return {
    begun: () => begun.inc(),
    completed: () => completed.inc(),
    failed: (many = 1) => failed.inc(many),
    questionsWritten: (seconds) => questions.observe(seconds),
    batchEnded: (seconds) => batches.observe(seconds),
    brandsDetected: (seconds) => detection.observe(seconds),
    asked(name, seconds, failure) {
      const platform = labelOf(name);
      latency.observe({ platform }, seconds);
      queries.inc({ platform, status: failure ? 'error' : 'success' });
      if (failure) errors.inc({ platform, reason: reasonOf(failure) });
    },
  };
}

function labelOf(name: string): string {
  return name.toLowerCase();
}

/** As the specification names the reason. */
function reasonOf(kind: (typeof platformErrorKinds)[number]): string {
  return kind === 'RATE_LIMITED' ? 'rate_limit' : labelOf(kind);
}
