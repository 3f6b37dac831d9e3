/** A time in which nobody does anything without a second factor, and every request is written down. */
export interface Emergency {
  reason: string;
  startedAt: Date;
  /** When it ends by itself; null where somebody has to end it. */
  until: Date | null;
}
