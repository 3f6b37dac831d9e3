import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Session } from './session.entity.ts';

export interface SessionFilter {
  /** Of one user; of all of the organization where it is null. */
  userId: string | null;
  /** Those that ended too. */
  includeEnded: boolean;
}

/**
 * Sessions, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listSessions(
  em: EntityManager,
  { userId, includeEnded }: SessionFilter,
  request: PageRequest,
): Promise<Page<Session>> {
  const page = readPage(request, newestFirst('sessions'));
  const ofUser = userId ? [userId] : [];
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from sessions
     where ${userId ? 'user_id = ? and' : ''} (? or ended_at is null and expires_at > now()) and ?
     order by ${page.orderBy} limit ?`,
    [...ofUser, includeEnded, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Session, row as never));
}
