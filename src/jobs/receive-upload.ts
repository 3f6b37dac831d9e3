import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { DomainError } from '../domain/errors.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import {
  beginReceiving,
  checkReceived,
  finishReceiving,
  stopReceiving,
} from '../domain/upload/receive-upload.ts';
import type { Upload } from '../domain/upload/upload.entity.ts';
import type { JobDatabase } from './database.ts';
import { openOutbox } from './enqueue.ts';
import { limitBytes } from './limit-bytes.ts';
import { previewUpload } from './preview-upload.job.ts';
import type { Tracing } from './tracing.ts';

export interface ReceptionServices {
  database: Pick<JobDatabase, 'withTenant'>;
  store: Pick<ObjectStore, 'keep' | 'drop'>;
  tracing: Pick<Tracing, 'position'>;
  send(jobRunIds: string[]): Promise<void>;
}

/**
 * Take the file of an upload in, and have it looked at. What is larger than announced is broken off; of what is not
 * what was announced nothing is kept, and it can be sent again.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT (it came already); BAD_USER_INPUT (it is not what was announced);
 *   UPSTREAM_FAILED (it cannot be kept).
 */
export async function receiveUpload(
  { database, store, tracing, send }: ReceptionServices,
  actor: Actor,
  uploadId: string,
  content: Readable,
): Promise<Upload> {
  const transact = <T>(fn: Parameters<typeof database.withTenant<T>>[1]) =>
    database.withTenant(actor, fn);
  const { upload, file } = await transact((em) => beginReceiving(em, uploadId));
  try {
    const kept = await keepLimited(store, file.storageKey, content, upload.declaredBytes);
    checkReceived(upload, kept);
    const { received, jobRunIds } = await transact(async (em) => {
      const outbox = openOutbox(em, tracing.position());
      const owner = ownerOf(upload, actor);
      const enqueue = () => outbox.add(previewUpload, { uploadId }, owner);
      const finished = await finishReceiving(em, actor, uploadId, kept, enqueue);
      return { received: finished, jobRunIds: outbox.jobRunIds };
    });
    await send(jobRunIds);
    return received;
  } catch (error) {
    await store.drop(file.storageKey).catch(() => undefined);
    await transact((em) => stopReceiving(em, uploadId));
    throw error;
  }
}

/** Whose the jobs of an upload are. */
export function ownerOf(
  { organizationId, clientId }: Pick<Upload, 'organizationId' | 'clientId'>,
  { userId, origin }: Actor,
) {
  return { organizationId, clientId, requestedBy: userId, requestId: origin.requestId };
}

async function keepLimited(
  store: Pick<ObjectStore, 'keep'>,
  key: string,
  content: Readable,
  mostBytes: number,
) {
  const limited = new PassThrough();
  const kept = store.keep(key, limited);
  const [filled, stored] = await Promise.allSettled([
    pipeline(content, limitBytes(mostBytes), limited),
    kept,
  ]);
  if (stored.status === 'fulfilled' && filled.status === 'fulfilled') return stored.value;
  const reasons = [filled, stored].flatMap((each) =>
    each.status === 'rejected' ? [each.reason] : [],
  );
  // That it is too large also makes it fail to be kept.
  throw reasons.find((reason) => reason instanceof DomainError) ?? reasons[0];
}
