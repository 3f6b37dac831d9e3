import type { JobDatabase } from './database.ts';
import type { Log } from './log.ts';

/** Ended sessions are listed this long; that there was one stays in the audit log. */
const keptDays = 90;

/** Few enough that nobody who signs in waits for it. */
const batchSize = 1_000;
const mostBatches = 50;

/** Delete the sessions that ended long ago, a batch to a transaction. @returns how many, at most 50,000 at a time. */
export async function dropOldSessions({ call }: Pick<JobDatabase, 'call'>): Promise<number> {
  let dropped = 0;
  for (let batch = 1; batch <= mostBatches; batch++) {
    const [row] = await call<{ drop_old_sessions: string }>(
      'drop_old_sessions',
      `${keptDays} days`,
      batchSize,
    );
    const count = Number(row?.drop_old_sessions ?? 0);
    dropped += count;
    if (count < batchSize) break;
  }
  return dropped;
}

const everyMs = 60 * 60_000;

/**
 * What is done for the whole installation now and then, by whichever worker comes to it; several at once do each their part.
 *
 * @returns does it, unless this worker did within the hour.
 */
export function createHousekeeper(options: {
  database: Pick<JobDatabase, 'call'>;
  log: Log;
}): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - doneAt < everyMs) return;
    doneAt = performance.now();
    const sessions = await dropOldSessions(options.database);
    if (sessions > 0) options.log.info({ sessions }, 'sessions of long ago deleted');
  };
}
