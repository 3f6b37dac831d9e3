import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeptFile } from '../domain/feed/object-store.ts';
import type { File } from '../domain/file/file.entity.ts';
import { mailFileReady } from '../domain/file/mail-file-ready.ts';
import { beginFile, finishFile, type NewFile } from '../domain/file/make-file.ts';
import type { Postbox } from '../domain/mail/queue-mail.ts';
import type { JobContext } from './define-job.ts';
import { openPostbox } from './postbox.ts';

/**
 * Keep a file that a job makes, and mail who asked for it once it is whole. A job that is tried again makes the same file
 * anew, and none twice.
 *
 * @param make hands over the content, and may hold open what it is read from until that is taken.
 * @param settle writes what else is true once it is whole, in the same transaction.
 */
export async function keepFile(
  { run, tenant, store, write, enqueue, cipher }: JobContext,
  wanted: Omit<NewFile, 'organizationId' | 'jobRunId'>,
  make: (keep: (content: Readable) => Promise<KeptFile>) => Promise<KeptFile>,
  settle?: (
    em: EntityManager,
    postbox: Postbox,
    made: { file: File; kept: KeptFile },
  ) => Promise<unknown>,
): Promise<void> {
  const { organizationId } = tenant;
  const file = await write((em) => beginFile(em, { ...wanted, organizationId, jobRunId: run.id }));
  if (file.sha256) return;
  const kept = await make((content) => store.keep(file.storageKey, content));
  await enqueue(async (em, add) => {
    await finishFile(em, file.id, kept);
    const postbox = openPostbox(cipher, { add });
    await settle?.(em, postbox, { file, kept });
    await mailFileReady(em, cipher, postbox, file);
  });
}
