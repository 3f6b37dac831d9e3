import { DomainError } from './errors.ts';

/** How much may be under way at once that holds a connection to the database. */
export interface TurnLimits {
  /** Of one caller. */
  perCaller: number;
  inAll: number;
  /** How long a caller waits for its turn. */
  turnMs: number;
}

interface Waiting {
  caller: string;
  enter(): void;
}

/**
 * Give callers their turns.
 *
 * One who asks for more at once than may be under way, as dashboards do, waits a while. A place that gets free is
 * for whoever has the fewest; among equals, for who came first.
 *
 * @returns lets a caller in and gives what it calls, once, when it leaves. @throws {DomainError} RATE_LIMITED: its turn did not come in time.
 */
export function giveTurns({ perCaller, inAll, turnMs }: TurnLimits) {
  const inside = new Map<string, number>();
  const waiting = new Set<Waiting>();
  let count = 0;

  const hasRoom = (caller: string) => count < inAll && (inside.get(caller) ?? 0) < perCaller;
  const change = (caller: string, by: 1 | -1) => {
    count += by;
    const left = (inside.get(caller) ?? 0) + by;
    if (left > 0) inside.set(caller, left);
    else inside.delete(caller);
  };
  const leave = (caller: string) => {
    change(caller, -1);
    for (let next = findNext(); next; next = findNext()) next.enter();
  };
  const findNext = () => {
    let fewest: Waiting | undefined;
    const placesOf = (one: Waiting) => inside.get(one.caller) ?? 0;
    for (const one of waiting) {
      if (!hasRoom(one.caller)) continue;
      if (!fewest || placesOf(one) < placesOf(fewest)) fewest = one;
    }
    return fewest;
  };

  return async (caller: string): Promise<() => void> => {
    if (hasRoom(caller)) change(caller, 1);
    else await waitForTurn(caller);
    let isInside = true;
    return () => {
      if (isInside) leave(caller);
      isInside = false;
    };
  };

  function waitForTurn(caller: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(one);
        const message = 'Too many answers are under way at once; try again later.';
        reject(new DomainError('RATE_LIMITED', message, { retryAfter: 5 }));
      }, turnMs);
      const one = {
        caller,
        enter() {
          clearTimeout(timer);
          waiting.delete(one);
          change(caller, 1);
          resolve();
        },
      };
      waiting.add(one);
    });
  }
}
