/** How long a deployment keeps what; its settings say so (`RETENTION`). */
export interface RetentionPolicy {
  /** Whole months of daily facts that the database keeps beside the one that goes on. */
  hotMonths: number;
  /** Months of which clients' and campaigns' sums are kept, the hot ones included. */
  rollupMonths: number;
  /** Days that a month which was put back stays. */
  restoredDays: number;
  /** Days of runs, their rejected rows and reports, and of jobs. */
  logDays: number;
}

/** What the sources say: 13 months of facts, 37 of sums, 90 days of logs. Source: docs/rules.md, retention. */
export const defaultRetention: RetentionPolicy = {
  hotMonths: 13,
  rollupMonths: 37,
  restoredDays: 30,
  logDays: 90,
};
