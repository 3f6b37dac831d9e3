import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { badInput } from '../errors.ts';
import { Invitation, statusOf } from './invitation.entity.ts';

/** An invitation that can be accepted, held so that only one does. @throws {DomainError} BAD_USER_INPUT. */
export async function openInvitation(em: EntityManager, id: string): Promise<Invitation> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const invitation = await em.findOneOrFail(Invitation, id, lock);
  const status = statusOf(invitation, await databaseNow(em));
  const problem = {
    PENDING: null,
    ACCEPTED: 'The invitation was accepted already: sign in.',
    REVOKED: 'The invitation was revoked.',
    EXPIRED: 'The invitation has expired: ask for a new one.',
  }[status];
  if (problem) throw badInput(problem, 'token');
  return invitation;
}
