import { found } from '../domain/errors.ts';
import { hasEnded, type JobRun } from '../domain/job/job-run.entity.ts';
import type { Announcer } from './announcer.ts';

export interface WatchOptions {
  announcer: Announcer;
  /** Read the run as the watcher may see it; null when they may not. */
  read(): Promise<JobRun | null>;
  /** How often it is read without a notice: notices can be lost. */
  rereadMs: number;
}

/**
 * The states of a run, from now to its end: each newer than the one before, the last one always.
 *
 * A watcher that is slow gets the latest state, not every one. Ending the iteration ends it at once.
 *
 * @throws {DomainError} NOT_FOUND when the run is not there or the watcher may not see it (any more).
 */
export function watchJobRun(id: string, options: WatchOptions): AsyncGenerator<JobRun> {
  const news = createSignal();
  // Listening begins before the first read, so that nothing falls between them.
  const stopListening = options.announcer.listen((notice) => {
    if (notice.jobRunId === id) news.raise();
  });
  const states = readStates(options, news, stopListening);
  const end = states.return.bind(states);
  return Object.assign(states, {
    return(value: undefined) {
      stopListening();
      news.close();
      return end(value);
    },
  });
}

async function* readStates(
  { read, rereadMs }: WatchOptions,
  news: ReturnType<typeof createSignal>,
  stopListening: () => void,
): AsyncGenerator<JobRun> {
  try {
    let seen = -1;
    while (!news.isClosed()) {
      news.clear();
      const run = found(await read(), 'job');
      if (run.sequence > seen) {
        seen = run.sequence;
        yield run;
      }
      if (hasEnded(run.status)) return;
      await news.wait(rereadMs);
    }
  } finally {
    stopListening();
  }
}

/** Remembers that there is news until it is cleared, and wakes who waits for it. */
function createSignal() {
  let isRaised = false;
  let isClosed = false;
  let wake = () => {};
  const raise = () => {
    isRaised = true;
    wake();
  };
  return {
    raise,
    clear: () => {
      isRaised = false;
    },
    close: () => {
      isClosed = true;
      raise();
    },
    isClosed: () => isClosed,
    wait: (atMostMs: number) =>
      new Promise<void>((resolve) => {
        if (isRaised) return resolve();
        const timer = setTimeout(resolve, atMostMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
