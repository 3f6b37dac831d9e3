import type { Announcer, Notice } from './announcer.ts';

/** What a watcher is told of one look, if anything, and whether there is nothing more to come. */
export interface Look<T> {
  news: T | null;
  isLast: boolean;
}

export interface WatchOptions {
  announcer: Pick<Announcer, 'listen'>;
  /** How often is looked without a notice: notices can be lost. */
  rereadMs: number;
}

/**
 * What looks find, from now on: a look for each notice that concerns the watcher, or for several.
 *
 * A watcher that is slow gets the latest, not everything. Ending the iteration ends it at once; a look that fails ends it
 * with its failure.
 */
export function watch<T>(
  { announcer, rereadMs }: WatchOptions,
  concerns: (notice: Notice) => boolean,
  look: () => Promise<Look<T>>,
): AsyncGenerator<T> {
  const news = createSignal();
  // Listening begins before the first look, so that nothing falls between them.
  const stopListening = announcer.listen((notice) => {
    if (concerns(notice)) news.raise();
  });
  const seen = lookOnAndOn(look, rereadMs, news, stopListening);
  const end = seen.return.bind(seen);
  return Object.assign(seen, {
    return(value: undefined) {
      stopListening();
      news.close();
      return end(value);
    },
  });
}

async function* lookOnAndOn<T>(
  look: () => Promise<Look<T>>,
  rereadMs: number,
  signal: ReturnType<typeof createSignal>,
  stopListening: () => void,
): AsyncGenerator<T> {
  try {
    while (!signal.isClosed()) {
      signal.clear();
      const { news, isLast } = await look();
      if (news !== null) yield news;
      if (isLast) return;
      await signal.wait(rereadMs);
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
