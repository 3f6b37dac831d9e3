import type { EntityManager } from '@mikro-orm/postgresql';
import { Upload } from './upload.entity.ts';

/** The upload that a source object is from, where its file is not in the archive yet. */
export async function findUnarchived(
  em: EntityManager,
  objectId: string,
): Promise<{ id: string; storageKey: string } | undefined> {
  const [row] = await em.execute<{ id: string; storage_key: string }[]>(
    `select u.id, f.storage_key from uploads u join files f on f.id = u.file_id
     where u.object_id = ? and not u.is_archived`,
    [objectId],
  );
  return row && { id: row.id, storageKey: row.storage_key };
}

export async function noteArchived(em: EntityManager, id: string): Promise<void> {
  await em.nativeUpdate(Upload, id, { isArchived: true });
}
