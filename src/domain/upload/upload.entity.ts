import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { FileReading } from '../ingestion/source-object.entity.ts';
import type { UploadPreview } from './upload-preview.ts';

const storedStates = [
  ...(['AWAITING_FILE', 'RECEIVING', 'PREVIEWING', 'READY'] as const),
  ...(['REFUSED', 'FAILED', 'CONFIRMED', 'DISCARDED'] as const),
] as const;
export const uploadStates = [...storedStates, 'EXPIRED'] as const;
export type UploadState = (typeof uploadStates)[number];

/** When the file is loaded: once somebody confirms it; at once where it overwrites nothing; at once. */
export const uploadModes = ['WHEN_CONFIRMED', 'WHEN_NEW', 'ALWAYS'] as const;
export type UploadMode = (typeof uploadModes)[number];

const schema = defineEntity({
  name: 'Upload',
  tableName: 'uploads',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    fileName: p.text(),
    /** What was said of the file before it came. */
    declaredBytes: p.bigint('number'),
    declaredSha256: p.text().strictNullable(),
    reading: p.json<FileReading | null>().strictNullable(),
    columnMappingId: p.uuid().strictNullable(),
    applies: p.enum(uploadModes),
    state: p.enum(storedStates).default('AWAITING_FILE'),
    /** Why it is refused, failed, or was not loaded by itself. */
    reason: p.text().strictNullable(),
    fileId: p.uuid().strictNullable(),
    sizeBytes: p.bigint('number').strictNullable(),
    sha256: p.text().strictNullable(),
    receivedAt: p.datetime().strictNullable(),
    preview: p.json<UploadPreview | null>().strictNullable(),
    jobRunId: p.uuid().strictNullable(),
    objectId: p.uuid().strictNullable(),
    isArchived: p.boolean().default(false),
    runId: p.uuid().strictNullable(),
    requestedBy: p.uuid().strictNullable(),
    serviceTokenId: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    linkExpiresAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});

/** A file that somebody uploads to a feed: looked at first, and loaded once it is confirmed. */
export class Upload extends schema.class {}
schema.setClass(Upload);

/** What has become of an upload by now: one whose file did not come in time expires, as one that nobody confirmed. */
export function uploadState(
  { state, linkExpiresAt, expiresAt }: Pick<Upload, 'state' | 'linkExpiresAt' | 'expiresAt'>,
  now = new Date(),
): UploadState {
  if (state === 'CONFIRMED' || state === 'DISCARDED') return state;
  // A server that was lost while it received a file leaves it so.
  const isToCome = state === 'AWAITING_FILE' || state === 'RECEIVING';
  return (isToCome ? linkExpiresAt : expiresAt) <= now ? 'EXPIRED' : state;
}
