import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { ServiceToken } from './service-token.entity.ts';

/**
 * The organization's service tokens, revoked and expired ones too, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listServiceTokens(
  em: EntityManager,
  request: PageRequest,
): Promise<Page<ServiceToken>> {
  const page = readPage(request, newestFirst('serviceTokens'));
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from service_tokens where ? order by ${page.orderBy} limit ?`,
    [page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(ServiceToken, row as never));
}
