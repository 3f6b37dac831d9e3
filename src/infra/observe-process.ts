import type { Registry } from 'prom-client';
import type { Config } from '../config-schema.ts';
import type { Log } from '../jobs/log.ts';
import type { Database } from './database.ts';
import { serveInternally } from './internal-http.ts';
import type { ProbeDatabase } from './probe-database.ts';
import { type Answers, createProbes } from './probes.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { missingMigrations } from './schema-version.ts';
import { createDatabaseGauges, type KnownWork } from './telemetry/database-gauges.ts';
import { createPoolMetrics } from './telemetry/pool-metrics.ts';
import { createRegistry } from './telemetry/registry.ts';

export interface ObservationOptions {
  config: Pick<Config, 'INTERNAL_PORT' | 'INTERNAL_HOST'>;
  probe: ProbeDatabase;
  database: Pick<Database, 'poolState'>;
  queue: { ping(): Promise<unknown> };
  /** What the queues can hold. */
  known: KnownWork;
  log: Log;
  onStop(stop: () => unknown): void;
}

/** How a process is watched from outside. */
export interface Observation {
  /** What `/metrics` shows; the parts of the process add their own. */
  registry: Registry;
  readiness: Readiness;
  probes: Answers;
  /** Where probes and metrics are served; undefined without `INTERNAL_PORT`. */
  internalUrl: string | undefined;
}

const deadlineMs = 2_000;

/** Serve the probes and the metrics that server and worker have in common. */
export async function observeProcess(options: ObservationOptions): Promise<Observation> {
  const { config, probe, queue, log } = options;
  const registry = createRegistry();
  createPoolMetrics(registry, options.database);
  createDatabaseGauges(registry, probe, options.known, log);

  const readiness = createReadiness({
    checks: {
      database: () => probe.ping(),
      queue: () => queue.ping(),
      schema: async () => {
        // A database that does not answer is told as that.
        const missing = await missingMigrations(probe).catch(() => []);
        if (missing.length > 0) throw new Error(`Not applied: ${missing.join(', ')}`);
      },
    },
    deadlineMs,
    log,
  });
  const probes = createProbes(readiness);
  const { INTERNAL_PORT: port, INTERNAL_HOST: host } = config;
  if (port === undefined) return { registry, readiness, probes, internalUrl: undefined };

  const metrics = async () => ({
    status: 200,
    type: registry.contentType,
    body: await registry.metrics(),
  });
  const answers = { ...probes, '/metrics': metrics };
  const internal = await serveInternally({ port, host, answers, log });
  options.onStop(internal.close);
  return { registry, readiness, probes, internalUrl: internal.url };
}
