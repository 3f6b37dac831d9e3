import { DomainError } from '../domain/errors.ts';

/** How many answers may be under way at once, each of which holds a connection to the database. */
export interface StreamLimits {
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
 * One who asks for more at once than may be under way, as dashboards do, waits a while: each is let in as soon as
 * it may, in the order in which they came.
 *
 * @returns lets a caller in and gives what it calls when it leaves. @throws {DomainError} RATE_LIMITED: its turn did not come in time.
 */
export function limitStreams({ perCaller, inAll, turnMs }: StreamLimits) {
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
    for (const next of waiting) if (hasRoom(next.caller)) next.enter();
  };

  return async (caller: string): Promise<() => void> => {
    if (hasRoom(caller)) change(caller, 1);
    else await waitForTurn(caller);
    return () => leave(caller);
  };

  function waitForTurn(caller: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(one);
        const message = 'Too many answers are under way at once; try again later.';
        reject(new DomainError('RATE_LIMITED', message));
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
