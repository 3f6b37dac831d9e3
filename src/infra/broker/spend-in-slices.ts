import { DomainError, tooOften } from '../../domain/errors.ts';
import type { PointSpender, PointStore, RateLimit } from '../../domain/rate-limit.ts';

/** What this server holds under a key. */
interface Purse {
  left: number;
  /** When what is left is lost, as `Date.now()`. */
  goodUntil: number;
  /** Until when the store has nothing more. */
  emptyUntil: number;
  taking: Promise<void> | undefined;
}

/** A slice's share of the limit. */
const share = 1 / 50;
const mostPurses = 10_000;
/** How long a server counts nothing after a store that did not answer. */
const awayMs = 1_000;

/**
 * Spend from slices that are taken from the store ahead: most requests wait for nothing. More than the limit is
 * never spent, over all servers; what one of them holds and does not need, at most a slice, others miss.
 *
 * A store that fails is not asked again for a second, in which nothing is refused; what a store does that is away, as
 * to count within the process, is its own.
 */
export function spendInSlices(store: PointStore): PointSpender {
  const purses = new Map<string, Purse>();

  const purseOf = (key: string): Purse => {
    const now = Date.now();
    let purse = purses.get(key);
    if (!purse) {
      // Dropped all at once: slices are lost, and refusals told by the store again.
      if (purses.size >= mostPurses) purses.clear();
      purse = { left: 0, goodUntil: 0, emptyUntil: 0, taking: undefined };
      purses.set(key, purse);
    }
    if (purse.goodUntil <= now) purse.left = 0;
    return purse;
  };

  const take = async (purse: Purse, limit: RateLimit, key: string, points: number) => {
    const askedAt = Date.now();
    try {
      const { goodForMs } = await store.takeAhead(limit, key, points);
      const isSameWindow = purse.goodUntil > Date.now();
      purse.left = (isSameWindow ? purse.left : 0) + points;
      purse.goodUntil = askedAt + goodForMs;
    } catch (error) {
      if (error instanceof DomainError) {
        purse.emptyUntil = askedAt + (error.retryAfter ?? 1) * 1000;
      } else {
        purse.left = Number.POSITIVE_INFINITY;
        purse.goodUntil = askedAt + awayMs;
      }
    } finally {
      purse.taking = undefined;
    }
  };

  return async (limit, key, points) => {
    const slice = Math.max(1, Math.floor(limit.points * share));
    const purse = purseOf(`${limit.name} ${key}`);
    while (purse.left < points) {
      const emptyForMs = purse.emptyUntil - Date.now();
      if (emptyForMs > 0) throw tooOften('requests', emptyForMs);
      purse.taking ??= take(purse, limit, key, Math.max(slice, points));
      await purse.taking;
    }
    purse.left -= points;
    // Taken before it is needed.
    if (slice > 1 && purse.left < slice / 2 && purse.emptyUntil <= Date.now()) {
      purse.taking ??= take(purse, limit, key, slice);
    }
  };
}
