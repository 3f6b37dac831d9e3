import type { EntityManager } from '@mikro-orm/postgresql';
import { type Origin, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput, DomainError } from '../errors.ts';
import { createAccount } from './create-user.ts';
import { callWithin, findAccount, type KnownAccount } from './find-link.ts';
import type { Invitation } from './invitation.entity.ts';
import { Membership } from './membership.entity.ts';
import { openInvitation } from './open-invitation.ts';
import { haveAccount, type NewPerson } from './prepare-acceptance.ts';

/**
 * Join the organization by an invitation's link, once.
 *
 * Who has an account keeps their password: a link of one organization must not set what opens others. Who became a
 * member meanwhile stays what they are; who was deactivated as one is let in by an administrator, and by no link.
 *
 * @returns the email to sign in with.
 * @throws {DomainError} BAD_USER_INPUT (link accepted, revoked or expired; an account that was made meanwhile); CONFLICT
 *   for an account, or a member, that is deactivated.
 */
export async function acceptInvitation(
  em: EntityManager,
  origin: Origin,
  cipher: FieldCipher,
  id: string,
  person: NewPerson | null,
): Promise<string> {
  const invitation = await openInvitation(em, id);
  const known = await findAccount(callWithin(em), invitation.emailIndex);
  const { organizationId, role, clientIds } = invitation;
  const userId = known
    ? keepAccount(known, person)
    : await makeAccount(em, cipher, invitation, person);
  const existing = await em.findOne(Membership, { organizationId, userId });
  if (existing?.disabledAt) {
    const message = 'You are deactivated in this organization: ask an administrator to let you in.';
    throw new DomainError('CONFLICT', message);
  }
  const membership = existing ?? em.create(Membership, { organizationId, userId, role, clientIds });
  invitation.acceptedAt = await databaseNow(em);
  invitation.acceptedBy = userId;
  const actor = { organizationId, clientIds: null, userId, email: null, role, origin };
  recordChange(em, actor, {
    ...{ action: 'ACCEPT', entityType: 'Invitation', entityId: id },
    before: null,
    after: {
      membershipId: membership.id,
      role: membership.role,
      clientIds: membership.clientIds,
    },
  });
  await em.flush();
  return cipher.decrypt(invitation.emailCiphertext);
}

function keepAccount({ userId, isDisabled }: KnownAccount, person: NewPerson | null): string {
  if (isDisabled) throw new DomainError('CONFLICT', 'This account is deactivated.');
  if (person) throw haveAccount('name');
  return userId;
}

async function makeAccount(
  em: EntityManager,
  cipher: FieldCipher,
  { emailCiphertext }: Invitation,
  person: NewPerson | null,
): Promise<string> {
  if (!person) throw badInput('Say what you are called.', 'name');
  return (await createAccount(em, cipher, { email: cipher.decrypt(emailCiphertext), ...person }))
    .id;
}
