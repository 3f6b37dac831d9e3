/** A job whose attempt has been running for longer is stuck. */
export const stuckAfterHours = 2;

/** A feed whose first day not loaded ended longer ago is behind: a day, and the time that loading takes. */
export const behindAfterHours = 26;
