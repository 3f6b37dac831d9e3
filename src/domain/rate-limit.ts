/** How often something may be done. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

/** Counts what is done, over all servers. */
export interface RateLimiter {
  /**
   * Count one more under a key.
   *
   * @throws {DomainError} RATE_LIMITED, saying when it may be tried again.
   */
  consume(limit: RateLimit, key: string): Promise<void>;
  /** Take one back: it turned out not to count. */
  giveBack(limit: RateLimit, key: string): Promise<void>;
}

/** Counts points ahead, for a server that spends them by and by. */
export interface PointStore {
  /**
   * @returns for how long they are good: what is left then is lost.
   * @throws {DomainError} RATE_LIMITED: there are not as many left.
   */
  takeAhead(limit: RateLimit, key: string, points: number): Promise<{ goodForMs: number }>;
}

/** Spend points under a key. @throws {DomainError} RATE_LIMITED. */
export type PointSpender = (limit: RateLimit, key: string, points: number) => Promise<void>;
