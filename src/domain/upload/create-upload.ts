import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import {
  checkColumns,
  type MappedColumn,
  type SourceFields,
} from '../column-mapping/check-columns.ts';
import { ColumnMapping } from '../column-mapping/column-mapping.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, found } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { findSource } from '../feed/known-sources.ts';
import { once } from '../idempotency/once.ts';
import type { FileReading } from '../ingestion/source-object.entity.ts';
import { requireActive } from '../ingestion/start-ingestion.ts';
import { checkFileName } from './file-name.ts';
import { Upload, type UploadMode } from './upload.entity.ts';

export const mostBytes = 50 * 1024 * 1024;
/** How long an upload can be confirmed, and its file is kept for that. */
export const uploadLifeDays = 7;
/** How long the file may be sent. */
export const linkMinutes = 15;

export interface NewUpload {
  feedId: string;
  fileName: string;
  sizeBytes: number;
  /** As hex. */
  sha256?: string | null;
  /** A saved mapping of the feed's client and source. */
  columnMappingId?: string | null;
  /** Columns mapped for this file alone, instead. */
  columns?: MappedColumn[] | null;
  /** The sheet of a workbook, where it is not the first with a header. */
  sheet?: string | null;
  applies: UploadMode;
  idempotencyKey?: string | null;
}

/**
 * Announce a file that is to be uploaded to a feed.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (name, size, hash, columns); CONFLICT (client not active).
 */
export async function createUpload(
  em: EntityManager,
  actor: Actor,
  sources: SourceFields,
  { idempotencyKey, ...input }: NewUpload,
): Promise<Upload> {
  const call = { operation: 'createUpload', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const feed = found(await em.findOne(Feed, input.feedId), 'feed');
    const reading = await readingOf(em, sources, feed, input);
    await requireActive(em, feed);
    checkSize(input.sizeBytes);
    const upload = em.create(Upload, {
      ...{ organizationId: feed.organizationId, clientId: feed.clientId, feedId: feed.id },
      ...{ fileName: checkFileName(input.fileName), applies: input.applies, reading },
      ...{ declaredBytes: input.sizeBytes, declaredSha256: checkHash(input.sha256) },
      columnMappingId: input.columnMappingId ?? null,
      requestedBy: actor.userId,
      serviceTokenId: actor.serviceToken?.id ?? null,
      linkExpiresAt: await inMinutes(em, linkMinutes),
      expiresAt: await inMinutes(em, uploadLifeDays * minutesOfDay),
    });
    await em.flush();
    const { fileName, declaredBytes, applies } = upload;
    const after = { feedId: feed.id, fileName, declaredBytes, applies };
    const entity = { entityType: 'Upload', entityId: upload.id };
    recordChange(em, actor, { action: 'CREATE', ...entity, before: null, after });
    await em.flush();
    return upload.id;
  });
  return em.findOneOrFail(Upload, id, { refresh: true });
}

const minutesOfDay = 24 * 60;

/** An instant by the database's clock. */
async function inMinutes(em: EntityManager, minutes: number): Promise<Date> {
  return new Date((await databaseNow(em)).getTime() + minutes * 60_000);
}

/** @throws {DomainError} BAD_USER_INPUT: no file at all, or too large a one. */
function checkSize(sizeBytes: number): void {
  if (sizeBytes < 1) throw badInput('The file is empty.', 'sizeBytes');
  if (sizeBytes > mostBytes) throw badInput('A file has at most 50 MB.', 'sizeBytes');
}

function checkHash(sha256: string | null | undefined): string | null {
  if (sha256 == null) return null;
  if (!/^[0-9a-f]{64}$/i.test(sha256)) throw badInput('A SHA-256 is 64 hex digits.', 'sha256');
  return sha256.toLowerCase();
}

async function readingOf(
  em: EntityManager,
  sources: SourceFields,
  { clientId, source }: Feed,
  { columnMappingId: id, columns, sheet }: NewUpload,
): Promise<FileReading | null> {
  const wanted = id != null && (await em.findOne(ColumnMapping, { id, clientId, source }));
  const saved = wanted === false ? null : found(wanted, 'column mapping');
  if (saved && columns) throw badInput('Give a saved mapping, or columns.', 'columns');
  if (sheet != null && (sheet.length > 255 || sheet.includes('\0')))
    throw badInput('The name of a sheet has at most 255 characters.', 'sheet');
  const mapping =
    saved?.columns ?? (columns ? checkColumns(findSource(sources, source), columns) : undefined);
  if (!mapping && sheet == null) return null;
  return { ...(mapping && { mapping }), ...(sheet != null && { sheet }) };
}
