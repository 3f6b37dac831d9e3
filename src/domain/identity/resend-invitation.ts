import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { Mail } from '../mail/mail.entity.ts';
import type { Postbox } from '../mail/queue-mail.ts';
import { requireMayGrant } from './authority.ts';
import { Invitation } from './invitation.entity.ts';
import { mailInvitation } from './mail-invitation.ts';

/**
 * Mail a new link, which lives as long as the first did; the one before is void. While a mail is on its way, this
 * changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (role); CONFLICT when it was accepted or revoked.
 */
export async function resendInvitation(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  id: string,
): Promise<Invitation> {
  const invitation = found(
    await em.findOne(Invitation, id, { lockMode: LockMode.PESSIMISTIC_WRITE }),
    'invitation',
  );
  requireMayGrant(actor, invitation.role);
  refuseEnded(invitation);
  const { status } = await em.findOneOrFail(Mail, invitation.mailId);
  if (status === 'QUEUED') return invitation;
  const before = { expiresAt: invitation.expiresAt };
  const to = cipher.decrypt(invitation.emailCiphertext);
  const { role } = invitation;
  const mailed = await mailInvitation(em, actor, postbox, { id, to, role });
  Object.assign(invitation, { ...mailed, invitedBy: actor.userId });
  const entity = { entityType: 'Invitation', entityId: id };
  const after = { expiresAt: invitation.expiresAt };
  recordChange(em, actor, { action: 'RESEND', ...entity, before, after });
  await em.flush();
  return invitation;
}

/** @throws {DomainError} CONFLICT. */
function refuseEnded({ acceptedAt, revokedAt }: Invitation): void {
  if (acceptedAt) throw new DomainError('CONFLICT', 'The invitation was accepted.');
  if (revokedAt) throw new DomainError('CONFLICT', 'The invitation was revoked.');
}
