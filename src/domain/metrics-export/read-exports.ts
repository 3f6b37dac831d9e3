import type { EntityManager } from '@mikro-orm/postgresql';
import { found } from '../errors.ts';
import { actsAs, type Viewer } from '../identity/viewer.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { MetricsExport } from './metrics-export.entity.ts';

/** Whether an export is there for a viewer: their own, or any for an administrator. */
export function maySeeExport(viewer: Viewer, { requestedBy }: MetricsExport): boolean {
  return seesAll(viewer) || (viewer.userId !== null && requestedBy === viewer.userId);
}

function seesAll(viewer: Viewer): boolean {
  return viewer.clientIds === null && actsAs(viewer, 'ADMIN');
}

/** @throws {DomainError} NOT_FOUND, also for an export that is not for the viewer. */
export async function findExport(
  em: EntityManager,
  viewer: Viewer,
  id: string,
): Promise<MetricsExport> {
  const wanted = await em.findOne(MetricsExport, id);
  return found(wanted && maySeeExport(viewer, wanted) ? wanted : null, 'export');
}

/**
 * The exports that a viewer may see, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listExports(
  em: EntityManager,
  viewer: Viewer,
  request: PageRequest,
): Promise<Page<MetricsExport>> {
  const page = readPage(request, newestFirst('metrics exports'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from metrics_exports where (? or requested_by = ?) and ?
     order by ${page.orderBy} limit ?`,
    [seesAll(viewer), viewer.userId, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(MetricsExport, row as never));
}
