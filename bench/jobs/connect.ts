import { Registry } from 'prom-client';
import { retentionPolicy } from '../../src/domain/retention/retention-policy.ts';
import { connectBackends } from '../../src/infra/backends.ts';
import { createLogger, withLogContext } from '../../src/infra/logger.ts';
import { createJobMetrics } from '../../src/infra/telemetry/job-metrics.ts';
import { untraced } from '../../src/infra/tracing.ts';
import { connectReceivers } from '../../src/infra/webhooks/connect-receivers.ts';
import { runWorkers } from '../../src/jobs/run-workers.ts';
import { answerServices } from '../../test/support/answer-platforms/answer-services.ts';
import { benchJobs } from './bench-jobs.ts';

/** The jobs core as a worker process has it, with the jobs of the benchmarks. */
export async function connectJobsCore(databaseUrl: string, redisUrl: string | undefined) {
  const log = createLogger('bench', 'error');
  const stops: (() => unknown)[] = [];
  const backends = await connectBackends({
    services: {
      databaseUrl,
      redisUrl,
      isProduction: true,
      s3: { bucket: 'unused', region: 'us-east-1', endpoint: 'http://127.0.0.1:9' },
      signingKeys: [],
      encryptionKeys: '',
      blindIndexKey: '',
      mail: { smtpUrl: undefined, from: '', requiresTls: false, appUrl: '', folder: '' },
    },
    poolSize: 10,
    log,
    tracing: untraced,
    onStop: (stop) => stops.unshift(stop),
  });
  const observer = createJobMetrics(new Registry());
  const answers = answerServices(backends.pacer);
  const { receivers } = connectReceivers({ WEBHOOK_STAND_IN: undefined });
  const core = {
    ...backends,
    platforms: new Map(),
    answers,
    receivers,
    tracing: untraced,
    observer,
    log,
  };
  return {
    core,
    startWorkers: (concurrency: number) =>
      runWorkers({
        ...core,
        jobs: benchJobs,
        queues: ['bench'],
        concurrency,
        version: 'bench',
        withLogContext,
        leaseMs: 30_000,
        heartbeatMs: 5_000,
        sweepMs: 5_000,
        shutdownMs: 60_000,
        auditLogMonths: 24,
        retention: retentionPolicy([13, 37, 30, 90, 90]),
      }),
    async close() {
      for (const stop of stops) await stop();
    },
  };
}
