import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { cancelMails } from '../mail/end-mail.ts';
import { requireMayGrant } from './authority.ts';
import { Invitation } from './invitation.entity.ts';
import type { Role } from './membership.entity.ts';

/**
 * Make an invitation's link void. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (role); CONFLICT when it was accepted.
 */
export async function revokeInvitation(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<Invitation> {
  const invitation = found(
    await em.findOne(Invitation, id, { lockMode: LockMode.PESSIMISTIC_WRITE }),
    'invitation',
  );
  requireMayGrant(actor, invitation.role);
  if (invitation.acceptedAt) {
    throw new DomainError('CONFLICT', 'The invitation was accepted: remove the membership.');
  }
  if (invitation.revokedAt) return invitation;
  invitation.revokedAt = await databaseNow(em);
  const { role, revokedAt } = invitation;
  const entity = { entityType: 'Invitation', entityId: id };
  recordChange(em, actor, { action: 'REVOKE', ...entity, before: { role }, after: { revokedAt } });
  await em.flush();
  await cancelMails(em, id);
  return invitation;
}

/**
 * Make void what a member invited who invites nobody any more: or they would leave themselves a way back in. The
 * organization's memberships are held.
 */
export async function revokeInvitationsBy(
  em: EntityManager,
  actor: Actor,
  userId: string,
): Promise<void> {
  const revoked = await em.execute<{ id: string; role: Role }[]>(
    `update invitations set revoked_at = now()
     where invited_by = ? and accepted_at is null and revoked_at is null returning id, role`,
    [userId],
  );
  for (const { id, role } of revoked) {
    const entity = { entityType: 'Invitation', entityId: id };
    recordChange(em, actor, { action: 'REVOKE', ...entity, before: { role }, after: null });
    await cancelMails(em, id);
  }
  await em.flush();
}
