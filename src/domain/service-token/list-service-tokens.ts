import type { EntityManager } from '@mikro-orm/postgresql';
import {
  checkFirst,
  decodeCursor,
  type Page,
  type PageRequest,
  toPage,
  uuidPattern,
} from '../paging.ts';
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
  const after =
    request.after === null ? null : decodeCursor(request.after, /^\d{1,15}$/, uuidPattern);
  const rows = await em.execute<object[]>(
    `select * from service_tokens
     ${after ? 'where (created_at, id) < (to_timestamp(? / 1000.0), ?::uuid)' : ''}
     order by created_at desc, id desc limit ?`,
    [...(after ?? []), checkFirst(request.first) + 1],
  );
  const tokens = rows.map((row) => em.map(ServiceToken, row as never));
  return toPage(tokens, request, (token) => [String(token.createdAt.getTime()), token.id]);
}
