import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError, found } from '../errors.ts';
import type { KeptFile } from '../feed/object-store.ts';
import type { File } from '../file/file.entity.ts';
import { beginFile, finishFile } from '../file/make-file.ts';
import { uploadLifeDays } from './create-upload.ts';
import { Upload, uploadState } from './upload.entity.ts';

/** What uploads of an organization may take in the bucket until they expire. */
const mostKeptBytes = 20_000_000_000;

/** Puts the job on its way that looks at an upload; returns the id of its run. */
export type EnqueuePreview = (upload: Upload) => Promise<string>;

/** An upload, held until the transaction ends. @throws {DomainError} NOT_FOUND. */
export async function lockUpload(em: EntityManager, id: string): Promise<Upload> {
  await em.execute('select from uploads where id = ? for no key update', [id]);
  return found(await em.findOne(Upload, id, { refresh: true }), 'upload');
}

/**
 * Begin to receive a file: whoever comes first, and nobody else meanwhile.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT (it has come already, or is coming); BAD_USER_INPUT (too late);
 *   RATE_LIMITED (the organization has sent too much in the last days).
 */
export async function beginReceiving(
  em: EntityManager,
  id: string,
): Promise<{ upload: Upload; file: File }> {
  const upload = await lockUpload(em, id);
  const state = uploadState(upload);
  if (state === 'EXPIRED') throw badInput('It is too late to send the file: make a new upload.');
  if (state !== 'AWAITING_FILE') {
    throw new DomainError('CONFLICT', 'Its file was sent already: make a new upload.');
  }
  await refuseTooMuch(em, upload);
  const file = await beginFile(em, {
    ...{ organizationId: upload.organizationId, clientId: upload.clientId, userId: null },
    ...{ kind: 'UPLOAD', name: upload.fileName, contentType: 'application/octet-stream' },
    ...{ requestedBy: upload.requestedBy, jobRunId: null, lifeDays: uploadLifeDays },
  });
  em.assign(upload, { state: 'RECEIVING', fileId: file.id });
  await em.flush();
  return { upload, file };
}

async function refuseTooMuch(
  em: EntityManager,
  { organizationId, declaredBytes }: Upload,
): Promise<void> {
  const [kept] = await em.execute<{ bytes: string }[]>(
    `select coalesce(sum(size_bytes), 0) as bytes from files
     where organization_id = ? and kind = 'UPLOAD' and created_at > now() - ? * interval '1 day'`,
    [organizationId, 2 * uploadLifeDays],
  );
  if (Number(kept?.bytes) + declaredBytes <= mostKeptBytes) return;
  const message = `Uploads of the last ${uploadLifeDays} days take 20 GB: send more once they expire.`;
  throw new DomainError('RATE_LIMITED', message, { retryAfter: 24 * 60 * 60 });
}

/** What was begun has come to nothing: the file can be sent again while the link stands. */
export async function stopReceiving(em: EntityManager, id: string): Promise<void> {
  const upload = await lockUpload(em, id);
  if (upload.state === 'RECEIVING') em.assign(upload, { state: 'AWAITING_FILE', fileId: null });
  await em.flush();
}

/** @throws {DomainError} BAD_USER_INPUT: what came is not what was announced. */
export function checkReceived({ declaredBytes, declaredSha256 }: Upload, kept: KeptFile): void {
  if (kept.sizeBytes !== declaredBytes) {
    throw badInput(`${kept.sizeBytes} bytes came, where ${declaredBytes} were announced.`);
  }
  if (declaredSha256 !== null && kept.sha256 !== declaredSha256) {
    throw badInput(`The SHA-256 of what came is ${kept.sha256}, and not the one announced.`);
  }
}

/**
 * A file has come whole: have it looked at.
 *
 * @throws {DomainError} CONFLICT: it was discarded meanwhile.
 */
export async function finishReceiving(
  em: EntityManager,
  actor: Actor,
  id: string,
  kept: KeptFile,
  enqueue: EnqueuePreview,
): Promise<Upload> {
  const upload = await lockUpload(em, id);
  if (upload.state !== 'RECEIVING' || !upload.fileId) {
    throw new DomainError('CONFLICT', 'The upload was discarded meanwhile.');
  }
  await finishFile(em, upload.fileId, kept);
  em.assign(upload, { state: 'PREVIEWING', ...kept, receivedAt: new Date() });
  await em.flush();
  upload.jobRunId = await enqueue(upload);
  const entity = { entityType: 'Upload', entityId: id };
  recordChange(em, actor, { action: 'RECEIVE', ...entity, before: null, after: kept });
  await em.flush();
  return upload;
}
