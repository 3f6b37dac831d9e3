import { type FilterQuery, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ObjectStore } from '../feed/object-store.ts';
import { cancelMails } from '../mail/end-mail.ts';
import { File } from './file.entity.ts';

/** Which files are to go. */
type FileSelection = 'EXPIRED' | { clientId: string } | { userId: string };

/** Files to remove next, a few at once: their contents go first, so that none is left that no row tells of. */
export function filesToRemove(em: EntityManager, which: FileSelection): Promise<File[]> {
  return em.find(File, whereOf(which), { limit: 100, orderBy: { id: 'asc' } });
}

/** An export of several clients' metrics goes with any of them. */
function whereOf(which: FileSelection): FilterQuery<File> {
  if (which === 'EXPIRED') return { expiresAt: { $lte: raw<Date>('now()') } };
  if ('userId' in which) return which;
  return { $or: [which, { kind: 'METRICS_EXPORT', clientId: null }] };
}

export async function dropContents(
  store: Pick<ObjectStore, 'drop'>,
  files: readonly File[],
): Promise<void> {
  for (const { storageKey } of files) await store.drop(storageKey);
}

/** Forget files whose contents are gone, and mails about them. @returns how many there were. */
export async function forgetFiles(em: EntityManager, files: readonly File[]): Promise<number> {
  for (const { id } of files) await cancelMails(em, id);
  return em.nativeDelete(File, { id: { $in: files.map(({ id }) => id) } });
}
