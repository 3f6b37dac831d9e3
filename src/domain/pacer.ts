/** How often something may be done: evenly, but for as many at once as `burst` after a pause. */
export interface Pace {
  perMinute: number;
  burst: number;
}

/** Gives turns, over all processes. */
export interface Pacer {
  /**
   * Ask for a turn.
   *
   * @param withinMs how far ahead one may be taken: whoever asks waits for it, and is the only one who has it.
   * @returns how long until the turn; it is taken if that is `withinMs` or less, and else nothing is.
   */
  take(key: string, pace: Pace, withinMs?: number): Promise<number>;
  /** Give no turn for a while, as when the other side says so. */
  holdOff(key: string, forMs: number): Promise<void>;
  /** For how much longer this process knows of that: turns that were taken ahead before are void. */
  heldMs(key: string): number;
}
