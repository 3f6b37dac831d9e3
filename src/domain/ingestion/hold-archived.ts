import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../errors.ts';
import type { ObjectStore } from '../feed/object-store.ts';

/** One content is archived once, for whoever has it: its keepers share a turn on it, and who removes it has its own. */
const turn = (sha256: string) => `archived:${sha256}`;

/**
 * Keep an archived file from being removed until the transaction ends, by which there is a row that tells of it.
 *
 * @throws {DomainError} UPSTREAM_FAILED when it was removed since it was found: archived again, it is there.
 */
export async function holdArchived(
  em: EntityManager,
  store: Pick<ObjectStore, 'hasArchived'>,
  sha256: string,
): Promise<void> {
  await shareTurns(em, [sha256]);
  if (await store.hasArchived(sha256)) return;
  throw new DomainError('UPSTREAM_FAILED', 'The archived file was removed meanwhile.');
}

/** Keep archived files from being removed until the transaction ends. */
export async function shareTurns(em: EntityManager, hashes: readonly string[]): Promise<void> {
  for (const sha256 of hashes.toSorted()) {
    await em.execute('select pg_advisory_xact_lock_shared(hashtextextended(?, 0))', [turn(sha256)]);
  }
}

/** Have an archived file to oneself until the transaction ends. */
export async function takeTurn(em: EntityManager, sha256: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [turn(sha256)]);
}

/** Remove an archived file, unless clients beside this one have it as well. */
export async function dropArchived(
  em: EntityManager,
  store: Pick<ObjectStore, 'dropArchived'>,
  clientId: string,
  sha256: string,
): Promise<void> {
  await takeTurn(em, sha256);
  await dropUnneeded(em, store, sha256, clientId);
}

/**
 * The same for whoever has the turn.
 *
 * @param clientId who does not count; without one everybody does.
 */
export async function dropUnneeded(
  em: EntityManager,
  store: Pick<ObjectStore, 'dropArchived'>,
  sha256: string,
  clientId: string | null = null,
): Promise<void> {
  const others = await em.execute<object[]>(
    'select sha256 from archived_for_others(array[?], ?::uuid)',
    [sha256, clientId],
  );
  if (others.length === 0) await store.dropArchived(sha256);
}
