import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Upload } from './upload.entity.ts';

/**
 * Uploads, the newest first.
 *
 * @param feedId only those to this feed; null for all that the tenant may see.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listUploads(
  em: EntityManager,
  feedId: string | null,
  request: PageRequest,
): Promise<Page<Upload>> {
  const page = readPage(request, newestFirst('uploads'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from uploads where ${feedId ? 'feed_id = ?' : 'true'} and ?
     order by ${page.orderBy} limit ?`,
    [...(feedId ? [feedId] : []), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Upload, row as never));
}
