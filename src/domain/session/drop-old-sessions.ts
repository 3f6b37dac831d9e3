import type { EntityManager } from '@mikro-orm/postgresql';

/** Ended sessions are listed this long; that there was one stays in the audit log. */
const keptDays = 90;

/** Few enough that nobody who signs in waits for it. */
const batchSize = 1_000;

/**
 * Delete sessions that ended long ago, whoever's they are; several at once do each their part.
 *
 * @returns how many: none when all are gone, or in others' hands.
 */
export async function dropOldSessions(em: EntityManager): Promise<number> {
  const [row] = await em.execute<{ count: string }[]>(
    'select drop_old_sessions(make_interval(days => ?), ?) as count',
    [keptDays, batchSize],
  );
  return Number(row?.count);
}
