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
  /** Days of fetched, uploaded and corrected files since something last used them. */
  fileDays: number;
}

/** The policy of a deployment's setting: months of facts and of sums, days of restored months, of logs and of files. */
export function retentionPolicy([
  hotMonths,
  rollupMonths,
  restoredDays,
  logDays,
  fileDays,
]: readonly [number, number, number, number, number]): RetentionPolicy {
  return { hotMonths, rollupMonths, restoredDays, logDays, fileDays };
}
