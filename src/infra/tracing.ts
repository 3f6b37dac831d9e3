import type { Config } from '../config-schema.ts';
import type { Log } from '../jobs/log.ts';
import type { ProcessTracing } from './open-telemetry.ts';

/** Nothing is traced. */
export const untraced: ProcessTracing = {
  position: () => null,
  step: (_, fn) => fn(),
  note: () => undefined,
  close: async () => undefined,
};

/** Trace this process where a collector is configured; elsewhere not even the SDK is loaded. */
export async function startTracing(
  config: Config,
  service: 'server' | 'worker',
  log: Log,
): Promise<ProcessTracing> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return untraced;
  const { connectCollector } = await import('./open-telemetry.ts');
  return connectCollector({
    endpoint,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    share: config.OTEL_TRACES_SAMPLER_ARG,
    service: `mediagraph-${service}`,
    log,
  });
}
