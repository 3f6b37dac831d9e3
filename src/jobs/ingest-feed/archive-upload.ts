import { holdArchived } from '../../domain/ingestion/hold-archived.ts';
import type { SourceObject } from '../../domain/ingestion/source-object.entity.ts';
import { findUnarchived, noteArchived } from '../../domain/upload/archive-upload.ts';
import type { JobContext } from '../define-job.ts';

/**
 * Put an uploaded file into the archive, where it is not there yet; until then it was kept for its preview alone.
 *
 * @throws {Error} when it is not what was received: it is looked at again before it is used.
 */
export async function archiveUpload(
  object: SourceObject,
  { read, write, store }: JobContext,
): Promise<void> {
  const upload = await read((em) => findUnarchived(em, object.id));
  if (!upload) return;
  const kept = await store.archive(await store.readKept(upload.storageKey));
  if (kept.sha256 !== object.sha256 || kept.sizeBytes !== object.sizeBytes) {
    throw new Error(`The file of ${object.key} is not the one that was received`);
  }
  await write(async (em) => {
    await holdArchived(em, store, kept.sha256);
    await noteArchived(em, upload.id);
  });
}
