import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError } from '../errors.ts';
import { lockUpload } from './receive-upload.ts';
import { type Upload, uploadState } from './upload.entity.ts';

/**
 * Give up an upload: its file is removed the next night. Discarding twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT: it was confirmed.
 */
export async function discardUpload(em: EntityManager, actor: Actor, id: string): Promise<Upload> {
  const upload = await lockUpload(em, id);
  const state = uploadState(upload);
  if (state === 'DISCARDED') return upload;
  if (state === 'CONFIRMED') {
    throw new DomainError('CONFLICT', 'It was confirmed: its run loads it.');
  }
  upload.state = 'DISCARDED';
  await em.execute('update files set expires_at = now() where id = ?', [upload.fileId]);
  const entity = { entityType: 'Upload', entityId: id };
  const after = { state: 'DISCARDED' };
  recordChange(em, actor, { action: 'DISCARD', ...entity, before: { state }, after });
  await em.flush();
  return upload;
}
