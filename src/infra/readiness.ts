import type { Log } from '../jobs/log.ts';
import { within } from './within.ts';

/** Whether a process should be given work. */
export interface Readiness {
  /** @returns the names of the components that fail; none when it is ready. */
  failing(): Promise<string[]>;
  /** Be unready from now on: the process is stopping. */
  shutDown(): void;
}

export interface ReadinessOptions {
  /** Each throws when its component fails. */
  checks: Record<string, () => Promise<unknown>>;
  /** A check that takes longer fails. */
  deadlineMs: number;
  log: Log;
}

/** However many ask at once, each check runs once at a time. */
export function createReadiness({ checks, deadlineMs, log }: ReadinessOptions): Readiness {
  let isStopping = false;
  let checking: Promise<string[]> | undefined;
  let known = '';

  const fails = async ([name, check]: [string, () => Promise<unknown>]): Promise<string[]> => {
    try {
      await within(deadlineMs, check);
      return [];
    } catch (error) {
      log.debug({ err: error, component: name }, 'check failed');
      return [name];
    }
  };
  const checkAll = async () => {
    const failing = (await Promise.all(Object.entries(checks).map(fails))).flat();
    const now = failing.join(', ');
    if (now !== known) log.warn({ failing }, now ? 'not ready' : 'ready again');
    known = now;
    return failing;
  };

  return {
    async failing() {
      if (isStopping) return ['shutdown'];
      checking ??= checkAll().finally(() => {
        checking = undefined;
      });
      const failing = await checking;
      return isStopping ? ['shutdown'] : failing;
    },
    shutDown: () => {
      isStopping = true;
    },
  };
}
