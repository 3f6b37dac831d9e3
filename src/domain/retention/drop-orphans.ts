import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { ObjectStore } from '../feed/object-store.ts';
import { dropUnneeded, takeTurn } from '../ingestion/hold-archived.ts';

/** Of some contents those that no row of any organization tells of: who archived them was lost before it wrote one. */
export async function findOrphans(em: EntityManager, hashes: readonly string[]): Promise<string[]> {
  const rows = await em.execute<{ sha256: string }[]>(
    'select sha256 from archived_for_others(?::text[], null)',
    [arrayLiteral(hashes)],
  );
  const known = new Set(rows.map(({ sha256 }) => sha256));
  return hashes.filter((each) => !known.has(each));
}

/** Drop such a content, unless somebody has it by now. */
export async function dropOrphan(
  em: EntityManager,
  store: Pick<ObjectStore, 'dropArchived'>,
  sha256: string,
): Promise<void> {
  await takeTurn(em, sha256);
  await dropUnneeded(em, store, sha256);
}

/** Whether it is the caller who looks for orphans of all organizations this night. */
export async function takeOrphans(em: EntityManager): Promise<boolean> {
  const [row] = await em.execute<{ taken: boolean }[]>(
    `select take_chore('drop-orphans', interval '20 hours') as taken`,
  );
  return row?.taken ?? false;
}
