import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { found } from '../errors.ts';
import { actsAs, isAtLeast, type Viewer } from '../identity/viewer.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { File } from './file.entity.ts';

/**
 * Whether a file is there for a viewer: whole, not expired, and asked for by themselves, about themselves or of metrics
 * that they may still see; or a report of a client that they see; or, while they administer the organization, about no
 * person, or about somebody for whom they asked.
 */
export function mayReadFile(viewer: Viewer, file: File, now = new Date()): boolean {
  if (file.sha256 === null || (file.expiresAt && file.expiresAt <= now)) return false;
  if (file.kind === 'REPORT') return seesContent(viewer, file);
  const isOwn = viewer.userId !== null && file.requestedBy === viewer.userId;
  if (actsAs(viewer, 'ADMIN')) return isOwn || file.userId === null;
  return (
    isOwn &&
    (file.userId === viewer.userId || (file.kind === 'METRICS_EXPORT' && seesContent(viewer, file)))
  );
}

/** Whether a viewer may see the clients and the metrics that a file tells of. */
function seesContent(viewer: Viewer, { forClients, forRole }: File): boolean {
  const { clientIds } = viewer;
  if (!isAtLeast(viewer, forRole)) return false;
  return clientIds === null || (forClients?.every((id) => clientIds.includes(id)) ?? false);
}

/** @throws {DomainError} NOT_FOUND, also for a file that is not for the viewer. */
export async function findFile(em: EntityManager, viewer: Viewer, id: string): Promise<File> {
  const file = await em.findOne(File, id);
  return found(file && mayReadFile(viewer, file) ? file : null, 'file');
}

/**
 * The files that a viewer may read, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listFiles(
  em: EntityManager,
  viewer: Viewer,
  request: PageRequest,
): Promise<Page<File>> {
  const page = readPage(request, newestFirst('files'));
  const clients = viewer.clientIds && arrayLiteral(viewer.clientIds);
  const seen = raw(
    `(for_role = any (?::text[]) and (?::uuid[] is null or coalesce(for_clients <@ ?::uuid[], false)))`,
    [isAtLeast(viewer, 'ANALYST') ? '{ANALYST,CLIENT}' : '{CLIENT}', clients, clients],
  );
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from files
     where sha256 is not null and (expires_at is null or expires_at > now())
       and case when kind = 'REPORT' then ? when ? then requested_by = ? or user_id is null
         else requested_by = ? and (user_id = requested_by or kind = 'METRICS_EXPORT' and ?) end
       and ?
     order by ${page.orderBy} limit ?`,
    [
      ...[seen, actsAs(viewer, 'ADMIN'), viewer.userId, viewer.userId, seen],
      ...[page.between, page.limit],
    ],
  );
  return page.toPage(rows, (row) => em.map(File, row as never));
}
