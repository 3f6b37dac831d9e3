import { performance } from 'node:perf_hooks';

/** Adds up the milliseconds that each stage takes. */
export interface Stopwatch {
  timings: Record<string, number>;
  time<T>(stage: string, fn: () => T | Promise<T>): Promise<T>;
}

export function createStopwatch(): Stopwatch {
  const timings: Record<string, number> = {};
  return {
    timings,
    async time(stage, fn) {
      const start = performance.now();
      try {
        return await fn();
      } finally {
        timings[stage] = (timings[stage] ?? 0) + performance.now() - start;
      }
    },
  };
}
