/** A worker's process that knows the jobs of drills beside the product's. */

import { Registry } from 'prom-client';
import { loadConfig, readEnvironment } from '../../src/config.ts';
import { retentionPolicy } from '../../src/domain/retention/retention-policy.ts';
import { connectBackends } from '../../src/infra/backends.ts';
import { createLogger, withLogContext } from '../../src/infra/logger.ts';
import { runProcess } from '../../src/infra/process.ts';
import { connectServices } from '../../src/infra/services.ts';
import { createJobMetrics } from '../../src/infra/telemetry/job-metrics.ts';
import { untraced as tracing } from '../../src/infra/tracing.ts';
import { connectReceivers } from '../../src/infra/webhooks/connect-receivers.ts';
import { jobs, queueNames } from '../../src/jobs/registry.ts';
import { runWorkers } from '../../src/jobs/run-workers.ts';
import { answerServices } from './answer-platforms/answer-services.ts';
import { drillJobs } from './drill-jobs.ts';

await runProcess('drill-worker', async (onStop) => {
  const config = loadConfig(readEnvironment());
  const log = createLogger('drill-worker', config.LOG_LEVEL);
  const { config: services } = await connectServices(config, 'worker');
  const poolSize = config.DATABASE_POOL_SIZE;
  const backends = await connectBackends({ services, poolSize, log, tracing, onStop });
  const workers = runWorkers({
    ...backends,
    platforms: new Map(),
    answers: answerServices(backends.pacer),
    receivers: connectReceivers(config).receivers,
    tracing,
    log,
    observer: createJobMetrics(new Registry()),
    jobs: new Map([...jobs, ...drillJobs.map((job) => [job.name, job] as const)]),
    queues: [...queueNames],
    version: 'drill',
    withLogContext,
    concurrency: config.WORKER_CONCURRENCY,
    leaseMs: config.JOB_LEASE_MS,
    heartbeatMs: config.JOB_HEARTBEAT_MS,
    sweepMs: config.JOB_SWEEP_MS,
    shutdownMs: config.SHUTDOWN_MS,
    auditLogMonths: config.AUDIT_LOG_MONTHS,
    retention: retentionPolicy(config.RETENTION),
  });
  onStop(() => workers.close());
  return {};
});
