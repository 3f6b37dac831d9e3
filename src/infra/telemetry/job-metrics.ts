import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { JobObserver } from '../../jobs/job-observer.ts';
import { createAuditMetrics } from './audit-metrics.ts';

/** The job that an audit ends with. */
const leadingAudits = 'run-aeo-audit';

/**
 * Counts what a worker does. Jobs are labelled `job_name`: `job` is what Prometheus calls the scraped process.
 *
 * @param auditRegistry what is counted of audits goes here.
 */
export function createJobMetrics(registry: Registry, auditRegistry = registry): JobObserver {
  const registers = [registry];
  const audits = createAuditMetrics(auditRegistry);
  const duration = new Histogram({
    name: 'mediagraph_job_attempt_duration_seconds',
    help: 'Time that attempts at jobs took, by job and outcome (succeeded, failed, cancelled, retried, waiting, handed_back, abandoned)',
    labelNames: ['job_name', 'outcome'],
    buckets: [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600, 7200],
    registers,
  });
  const running = new Gauge({
    name: 'mediagraph_jobs_running',
    help: 'Jobs that this worker is running, by job',
    labelNames: ['job_name'],
    registers,
  });
  const sweeps = new Counter({
    name: 'mediagraph_sweeps_total',
    help: 'Sweeps for what is due or was not delivered, by outcome (succeeded, failed)',
    labelNames: ['outcome'],
    registers,
  });
  const rows = new Counter({
    name: 'mediagraph_ingestion_rows_total',
    help: 'Rows of the days that this worker settled, by source and kind (read, rejected, applied)',
    labelNames: ['source', 'kind'],
    registers,
  });
  const webhooks = new Counter({
    name: 'mediagraph_webhook_attempts_total',
    help: 'Attempts at telling receivers of webhooks, by outcome (delivered, waiting, dead)',
    labelNames: ['outcome'],
    registers,
  });
  // Where there are none, that is told, too.
  for (const outcome of ['delivered', 'waiting', 'dead']) webhooks.inc({ outcome }, 0);
  return {
    audits,
    attemptStarted: (job) => running.inc({ job_name: job }),
    attemptEnded(job, outcome, seconds) {
      running.dec({ job_name: job });
      duration.observe({ job_name: job, outcome }, seconds);
      // What leads an audit is not there any more to say that it failed.
      if (job === leadingAudits && outcome === 'failed') audits.failed();
    },
    swept: (outcome) => sweeps.inc({ outcome }),
    webhookSettled: (outcome) => webhooks.inc({ outcome }),
    daySettled(source, counts) {
      for (const [kind, count] of Object.entries(counts)) rows.inc({ source, kind }, count);
    },
  };
}
