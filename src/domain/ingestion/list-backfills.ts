import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Backfill } from './backfill.entity.ts';

/**
 * Backfills, the newest first.
 *
 * @param feedId only those of this feed; null for all that the tenant may see.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listBackfills(
  em: EntityManager,
  feedId: string | null,
  request: PageRequest,
): Promise<Page<Backfill>> {
  const page = readPage(request, newestFirst('backfills'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from backfills where ${feedId ? 'feed_id = ?' : 'true'} and ?
     order by ${page.orderBy} limit ?`,
    [...(feedId ? [feedId] : []), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Backfill, row as never));
}
