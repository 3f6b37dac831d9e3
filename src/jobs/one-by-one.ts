const waiting: (() => void)[] = [];

/**
 * Wait for one's place among the computations of this process: one is made in each turn of the event loop. So timers and
 * connections wait for one of them at most, and not for all that became due at once.
 */
export function oneByOne(): Promise<void> {
  return new Promise((go) => {
    if (waiting.push(go) === 1) setImmediate(letNext);
  });
}

function letNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letNext);
}
