/** A worker's process: wire, start, shut down. */

import { parseArgs } from 'node:util';
import { Registry } from 'prom-client';
import { ConfigError, loadConfig, readEnvironment } from './config.ts';
import type { Config } from './config-schema.ts';
import { answerSources } from './connectors/answers/registry.ts';
import { connectors } from './connectors/registry.ts';
import { retentionPolicy } from './domain/retention/retention-policy.ts';
import { answerLimitsOf } from './infra/answer-limits-of.ts';
import { auditPolicyOf } from './infra/audit-policy-of.ts';
import { connectBackends } from './infra/backends.ts';
import { createLogger, withLogContext } from './infra/logger.ts';
import { observeProcess } from './infra/observe-process.ts';
import { connectAnswerPlatforms } from './infra/platforms/connect-answer-platforms.ts';
import { connectPlatforms } from './infra/platforms/connect-platforms.ts';
import { createProbeDatabase } from './infra/probe-database.ts';
import { runProcess } from './infra/process.ts';
import { requireMigrated } from './infra/schema-version.ts';
import { connectServices } from './infra/services.ts';
import { ensureBucket } from './infra/storage.ts';
import { createJobMetrics } from './infra/telemetry/job-metrics.ts';
import { startTracing } from './infra/tracing.ts';
import { version } from './infra/version.ts';
import { connectReceivers } from './infra/webhooks/connect-receivers.ts';
import { jobs, queueNames } from './jobs/registry.ts';
import { runAeoAudit } from './jobs/run-aeo-audit.job.ts';
import { runWorkers, type WorkerOptions } from './jobs/run-workers.ts';

await runProcess('worker', async (onStop, fail) => {
  const config = loadConfig(readEnvironment());
  const { queues, concurrency, ownConcurrency } = chooseWork(config);
  const log = createLogger('worker', config.LOG_LEVEL);
  const tracing = await startTracing(config, 'worker', log);
  onStop(() => tracing.close());
  const services = await connectServices(config, 'worker');
  onStop(() => services.release());
  services.onLost(() => fail('the embedded services ended'));
  const probe = createProbeDatabase(services.config.databaseUrl, log);
  onStop(() => probe.close());
  await requireMigrated(probe);
  if (!config.S3_BUCKET) await ensureBucket(services.config.s3);
  const backends = await connectBackends({
    services: services.config,
    poolSize: config.DATABASE_POOL_SIZE,
    log,
    tracing,
    onStop,
  });
  const { platforms, close } = connectPlatforms(connectors, config);
  onStop(close);
  const answering = connectAnswerPlatforms(answerSources, config);
  onStop(answering.close);
  const webhooks = connectReceivers(config);
  onStop(webhooks.close);

  const { registry, readiness, internalUrl } = await observeProcess({
    config,
    probe,
    database: backends.database,
    queue: { ping: () => Promise.all(queues.map((name) => backends.queue.ping(name))) },
    known: { queues: queueNames, jobs: [...jobs.keys()] },
    log,
    onStop,
  });

  const workers = runWorkers({
    ...backends,
    platforms,
    answers: {
      platforms: answering.answerPlatforms,
      pacer: backends.pacer,
      limits: answerLimitsOf(config),
      policy: auditPolicyOf(config),
    },
    receivers: webhooks.receivers,
    tracing,
    log,
    observer: createJobMetrics(registry, config.AUDIT_METRICS_ENABLED ? registry : new Registry()),
    jobs,
    queues,
    version,
    withLogContext,
    concurrency,
    ownConcurrency,
    leaseMs: config.JOB_LEASE_MS,
    heartbeatMs: config.JOB_HEARTBEAT_MS,
    sweepMs: config.JOB_SWEEP_MS,
    shutdownMs: config.SHUTDOWN_MS,
    auditLogMonths: config.AUDIT_LOG_MONTHS,
    retention: retentionPolicy(config.RETENTION),
  });
  onStop(() => {
    readiness.shutDown();
    return workers.close();
  }, config.SHUTDOWN_MS);
  log.info({ queues, concurrency, internal: internalUrl }, 'worker ready');
  return { queues, internalUrl };
});

/** @throws {ConfigError} when `--queues` names one that no job goes to, or `--concurrency` is no number. */
function chooseWork(
  config: Config,
): Pick<WorkerOptions, 'queues' | 'concurrency' | 'ownConcurrency'> {
  const values = readArguments();
  const queues = values.queues?.split(',').map((name) => name.trim()) ?? [...queueNames];
  const unknown = queues.filter((name) => !queueNames.includes(name));
  if (unknown.length > 0) {
    throw new ConfigError(
      `There is no queue named ${unknown.join(', ')}; there are: ${queueNames.join(', ')}.`,
    );
  }
  const concurrency = Number(values.concurrency ?? config.WORKER_CONCURRENCY);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 100) {
    throw new ConfigError('--concurrency must be a whole number from 1 to 100.');
  }
  const audits = values.concurrency ? concurrency : config.AUDIT_WORKER_CONCURRENCY;
  return {
    queues: [...new Set(queues)],
    concurrency,
    ownConcurrency: new Map([[runAeoAudit.queue, audits]]),
  };
}

/** @throws {ConfigError} saying which arguments there are. */
function readArguments(): { queues?: string; concurrency?: string } {
  try {
    const options = { queues: { type: 'string' }, concurrency: { type: 'string' } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new ConfigError(
      `${(error as Error).message}\nUsage: worker [--queues NAME,...] [--concurrency 1-100]`,
    );
  }
}
