import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Invitation } from './invitation.entity.ts';
import { Membership } from './membership.entity.ts';

type Listed = { id: string; created_at: string };

/**
 * The organization's invitations, those that ended too, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listInvitations(
  em: EntityManager,
  request: PageRequest,
): Promise<Page<Invitation>> {
  const page = readPage(request, newestFirst('invitations'));
  const rows = await em.execute<Listed[]>(
    `select * from invitations where ? order by ${page.orderBy} limit ?`,
    [page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Invitation, row as never));
}

/**
 * The organization's members, those that are deactivated too, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listMemberships(
  em: EntityManager,
  request: PageRequest,
): Promise<Page<Membership>> {
  const page = readPage(request, newestFirst('memberships'));
  const rows = await em.execute<Listed[]>(
    `select * from memberships where ? order by ${page.orderBy} limit ?`,
    [page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Membership, row as never));
}
