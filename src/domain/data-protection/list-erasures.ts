import type { EntityManager } from '@mikro-orm/postgresql';
import { actsAs, type Viewer } from '../identity/viewer.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Erasure } from './erasure.entity.ts';

/** Whether an erasure is there for a viewer: who is limited to clients sees their own alone. */
export function maySeeErasure(viewer: Viewer, { subjectId }: Erasure): boolean {
  return subjectId === viewer.userId || (viewer.clientIds === null && actsAs(viewer, 'ADMIN'));
}

/**
 * The organization's erasures, the newest first: all of them for an administrator, for others those of themselves.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listErasures(
  em: EntityManager,
  viewer: Viewer,
  request: PageRequest,
): Promise<Page<Erasure>> {
  const page = readPage(request, newestFirst('erasures'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from erasures where (subject_id = ? or ?) and ? order by ${page.orderBy} limit ?`,
    [viewer.userId, actsAs(viewer, 'ADMIN'), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Erasure, row as never));
}
