import {
  checkWithinMs,
  type HealthCheck,
  type HealthComponent,
} from '../../domain/health/component.ts';
import type { Log } from '../../jobs/log.ts';
import type { HealthMonitor } from '../../resolvers/graph-services.ts';
import { atMostEvery } from '../at-most-every.ts';
import { within } from '../within.ts';

/** What is the same for all organizations is asked at most every 5 s, so that watching it does no harm. */
const freshMs = 5_000;

/** Runs checks side by side; why one fails is in the log and nowhere else. */
export function createHealthMonitor(installation: HealthCheck[], log: Log): HealthMonitor {
  const run = async ({ name, unanswered, measure }: HealthCheck): Promise<HealthComponent[]> => {
    const found = await within(checkWithinMs, measure).catch((error) => {
      log.warn({ err: error, component: name }, 'health check failed');
      return { status: unanswered, message: messages[unanswered] };
    });
    const observedAt = new Date();
    return [found].flat().map((finding) => ({ ...nothing, ...finding, name, observedAt }));
  };
  const runAll = (checks: HealthCheck[]) => Promise.all(checks.map(run));
  const ofInstallation = atMostEvery(freshMs, () => runAll(installation));
  return {
    async check(more) {
      const components = await Promise.all([ofInstallation(), runAll(more)]);
      return components.flat(2);
    },
  };
}

const messages = {
  FAILING: 'It does not answer as it should.',
  UNKNOWN: 'It could not be looked at.',
};

const nothing = {
  source: null,
  value: null,
  limit: null,
  unit: null,
  affected: null,
  message: null,
  lastSuccessAt: null,
};
