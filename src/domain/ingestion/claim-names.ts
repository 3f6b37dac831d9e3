import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Take the turn on the names of a client's media of a source until the transaction ends: who makes a name mean
 * something, or something new, is alone in it, and finds what those before have made.
 */
export async function claimNames(
  em: EntityManager,
  { clientId, source }: { clientId: string; source: string },
): Promise<void> {
  await em.execute(
    `select pg_advisory_xact_lock(hashtextextended('names ' || ?::uuid || ' ' || ?, 0))`,
    [clientId, source],
  );
}
