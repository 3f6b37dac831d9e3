import type { EntityManager } from '@mikro-orm/postgresql';
import { found } from '../errors.ts';
import { actsAs, type Viewer } from '../identity/viewer.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { File } from './file.entity.ts';

/**
 * Whether a file is there for a viewer: whole, not expired, and asked for by them or, where it is about no person, of
 * the organization that they administer.
 */
export function mayReadFile(viewer: Viewer, file: File, now = new Date()): boolean {
  if (file.sha256 === null || file.expiresAt <= now) return false;
  const isOwn = viewer.userId !== null && file.requestedBy === viewer.userId;
  return isOwn || (file.userId === null && actsAs(viewer, 'ADMIN'));
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
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from files
     where sha256 is not null and expires_at > now() and (requested_by = ? or user_id is null and ?) and ?
     order by ${page.orderBy} limit ?`,
    [viewer.userId, actsAs(viewer, 'ADMIN'), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(File, row as never));
}
