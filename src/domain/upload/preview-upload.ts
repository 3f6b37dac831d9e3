import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { ColumnMapping } from '../column-mapping/column-mapping.entity.ts';
import { fingerprintOf } from '../column-mapping/header-key.ts';
import { DomainError } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { File } from '../file/file.entity.ts';
import { Organization, type Severity } from '../identity/organization.entity.ts';
import { storableText } from '../storable-text.ts';
import { type EnqueuePreview, lockUpload } from './receive-upload.ts';
import { Upload, uploadState } from './upload.entity.ts';
import type { UploadPreview } from './upload-preview.ts';

/** An upload with what is needed to look at it. */
export interface LoadedUpload {
  upload: Upload;
  feed: Feed;
  /** Where its file is kept. */
  storageKey: string;
  severities: Record<string, Severity>;
  /** The saved mapping that is applied to files with such a header by itself. */
  mappingFor(header: string[]): ColumnMapping | undefined;
}

/** @returns undefined where there is nothing to look at any more: it was discarded, or has expired. */
export async function loadUpload(em: EntityManager, id: string): Promise<LoadedUpload | undefined> {
  const upload = await em.findOneOrFail(Upload, id);
  const file = upload.fileId && (await em.findOne(File, upload.fileId));
  if (uploadState(upload) !== 'PREVIEWING' || !file) return undefined;
  const feed = await em.findOneOrFail(Feed, upload.feedId);
  const { ruleSeverities } = await em.findOneOrFail(Organization, upload.organizationId);
  const { clientId, source } = feed;
  const mappings = await em.find(ColumnMapping, { clientId, source, fingerprint: { $ne: null } });
  return {
    ...{ upload, feed, storageKey: file.storageKey, severities: ruleSeverities[source] ?? {} },
    mappingFor(header) {
      const fingerprint = fingerprintOf(header);
      return mappings.find((mapping) => mapping.fingerprint === fingerprint);
    },
  };
}

/** What looking at a file came to. */
export interface Looked {
  preview: UploadPreview;
  /** The saved mapping that was applied by itself. */
  mapping: ColumnMapping | undefined;
  /** Why the file cannot be used at all; null where it can. */
  refusal: string | null;
}

/** Keep what was found, unless the upload was discarded meanwhile. @returns it, where it can be confirmed now. */
export async function keepPreview(
  em: EntityManager,
  id: string,
  { preview, mapping, refusal }: Looked,
): Promise<Upload | undefined> {
  const upload = await lockUpload(em, id);
  if (upload.state !== 'PREVIEWING') return undefined;
  const reason = refusal && storableText(refusal.slice(0, 2_000));
  em.assign(upload, { state: refusal === null ? 'READY' : 'REFUSED', reason, preview });
  if (mapping) {
    upload.columnMappingId = mapping.id;
    upload.reading = { ...upload.reading, mapping: mapping.columns };
  }
  await em.flush();
  return refusal === null ? upload : undefined;
}

/** The job has ended without a preview: on our side something went wrong, or it was cancelled. */
export async function failPreview(em: EntityManager, id: string, reason: string): Promise<void> {
  const upload = await lockUpload(em, id);
  if (upload.state === 'PREVIEWING') em.assign(upload, { state: 'FAILED', reason });
  await em.flush();
}

/** The job is tried once more. */
export async function reopenPreview(em: EntityManager, id: string): Promise<void> {
  const upload = await lockUpload(em, id);
  if (upload.state === 'FAILED') em.assign(upload, { state: 'PREVIEWING', reason: null });
  await em.flush();
}

/**
 * Have a file looked at again: its days have moved on since, say.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT (it is not there, or was confirmed, discarded or has expired).
 */
export async function previewUpload(
  em: EntityManager,
  actor: Actor,
  id: string,
  enqueue: EnqueuePreview,
): Promise<Upload> {
  const upload = await lockUpload(em, id);
  const state = uploadState(upload);
  if (state === 'PREVIEWING') return upload;
  if (state !== 'READY' && state !== 'REFUSED' && state !== 'FAILED') {
    throw new DomainError('CONFLICT', `There is no file to look at: it is ${state}.`);
  }
  em.assign(upload, {
    state: 'PREVIEWING',
    applies: 'WHEN_CONFIRMED',
    reason: null,
    preview: null,
  });
  upload.jobRunId = await enqueue(upload);
  const entity = { entityType: 'Upload', entityId: id };
  recordChange(em, actor, { action: 'PREVIEW', ...entity, before: { state }, after: null });
  await em.flush();
  return upload;
}
