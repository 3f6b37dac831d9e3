import type { Log } from '../jobs/log.ts';

/** Work that no answer waits for; the process does, at its end. */
export function createLaterWork(log: Pick<Log, 'error'>) {
  const running = new Set<Promise<void>>();
  return {
    do(work: () => Promise<void>): void {
      const done = work()
        .catch((error) => log.error({ err: error }, 'later work failed'))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async done(): Promise<void> {
      // What is done later may leave something for later itself.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
