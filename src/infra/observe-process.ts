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
import { createEmergencyMetrics } from './telemetry/emergency-metrics.ts';
import { createPoolMetrics } from './telemetry/pool-metrics.ts';
import { createRegistry } from './telemetry/registry.ts';
import { type EmergencyWatch, watchEmergency } from './watch-emergency.ts';

export interface ObservationOptions {
  config: Pick<Config, 'INTERNAL_PORT' | 'INTERNAL_HOST' | 'EMERGENCY_MODE'>;
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
  emergency: EmergencyWatch;
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

  const isConfigured = config.EMERGENCY_MODE;
  const emergency = await watchEmergency({ probe, isConfigured, log });
  options.onStop(emergency.stop);
  createEmergencyMetrics(registry, emergency);

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
  const observed = { registry, readiness, probes, emergency };
  if (port === undefined) return { ...observed, internalUrl: undefined };

  const metrics = async () => ({
    status: 200,
    type: registry.contentType,
    body: await registry.metrics(),
  });
  const answers = { ...probes, '/metrics': metrics };
  const internal = await serveInternally({ port, host, answers, log });
  options.onStop(internal.close);
  return { ...observed, internalUrl: internal.url };
}
