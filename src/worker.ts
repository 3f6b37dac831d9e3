/** A worker's process: wire, start, shut down. */
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig, readEnvironment } from './config.ts';
import { connectBackends } from './infra/backends.ts';
import { createLogger, withLogContext } from './infra/logger.ts';
import { runProcess } from './infra/process.ts';
import { connectServices } from './infra/services.ts';
import { ensureBucket } from './infra/storage.ts';
import { jobs, queueNames } from './jobs/registry.ts';
import { runWorkers } from './jobs/run-workers.ts';

await runProcess('worker', async (onStop, fail) => {
  const config = loadConfig(readEnvironment());
  const queues = chooseQueues();
  const log = createLogger('worker', config.LOG_LEVEL);
  const services = await connectServices(config, 'worker');
  onStop(() => services.release());
  services.onLost(() => fail('the embedded services ended'));
  if (!config.S3_BUCKET) await ensureBucket(services.config.s3);
  const backends = await connectBackends({
    services: services.config,
    poolSize: config.DATABASE_POOL_SIZE,
    log,
    onStop,
  });

  const workers = runWorkers({
    ...backends,
    log,
    jobs,
    queues,
    withLogContext,
    concurrency: config.WORKER_CONCURRENCY,
    leaseMs: config.JOB_LEASE_MS,
    heartbeatMs: config.JOB_HEARTBEAT_MS,
    sweepMs: config.JOB_SWEEP_MS,
    shutdownMs: config.SHUTDOWN_MS,
  });
  onStop(() => workers.close());
  log.info({ queues, concurrency: config.WORKER_CONCURRENCY }, 'worker ready');
  return { queues };
});

/** @throws {ConfigError} when `--queues` names one that no job goes to. */
function chooseQueues(): string[] {
  const { values } = parseArgs({ options: { queues: { type: 'string' } } });
  if (!values.queues) return [...queueNames];
  const chosen = values.queues.split(',').map((name) => name.trim());
  const unknown = chosen.filter((name) => !queueNames.includes(name));
  if (unknown.length > 0) {
    throw new ConfigError(
      `There is no queue named ${unknown.join(', ')}; there are: ${queueNames.join(', ')}.`,
    );
  }
  return chosen;
}
