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
