import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { DomainError } from '../errors.ts';
import type { ObjectStore } from '../feed/object-store.ts';
import { shareTurns } from './hold-archived.ts';

/** A day, and the archived files that it is to be loaded from. */
interface DayOfFiles {
  date: LocalDate;
  objectIds?: string[] | null;
}

/**
 * Refuse to load days from files that are not kept any more. Those that are stay until the transaction ends.
 *
 * @param store is asked as well, since a bucket may have rules of its own; null where the load itself finds out.
 * @throws {DomainError} CONFLICT.
 */
export async function refuseExpired(
  em: EntityManager,
  store: Pick<ObjectStore, 'hasArchived'> | null,
  days: readonly DayOfFiles[],
): Promise<void> {
  const ids = [...new Set(days.flatMap(({ objectIds }) => objectIds ?? []))];
  const objects = await em.execute<{ id: string; sha256: string; isReceived: boolean }[]>(
    `select o.id, o.sha256, exists (
       select from uploads u join files f on f.id = u.file_id where u.object_id = o.id and not u.is_archived
     ) as "isReceived"
     from source_objects o where o.id = any (?::uuid[]) and o.expired_at is null`,
    [arrayLiteral(ids)],
  );
  await shareTurns(
    em,
    objects.map(({ sha256 }) => sha256),
  );
  const there = new Set<string>();
  for (const { id, sha256, isReceived } of objects) {
    // The file of an upload is archived by the run that loads it.
    if (isReceived || !store || (await store.hasArchived(sha256))) there.add(id);
  }
  const expired = days.find(({ objectIds }) => objectIds?.some((id) => !there.has(id)));
  if (!expired) return;
  const message = `A file of ${expired.date} is not kept any more: load the day from its source, or upload it.`;
  throw new DomainError('CONFLICT', message);
}
