import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Origin, recordChange } from '../audit-log/record-change.ts';
import { checkName } from '../client/create-client.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput, DomainError } from '../errors.ts';
import { createAccount } from './create-user.ts';
import { callWithin, findAccount, type KnownAccount } from './find-link.ts';
import { Invitation, statusOf } from './invitation.entity.ts';
import { Membership } from './membership.entity.ts';

/** What somebody without an account chooses; who has one leaves both out. */
export interface Acceptance {
  name?: string | null;
  password?: string | null;
}

/**
 * Join the organization by an invitation's link, once.
 *
 * Who has an account keeps their password: a link of one organization must not set what opens others. Who became a
 * member meanwhile stays what they are.
 *
 * @returns the email to sign in with.
 * @throws {DomainError} BAD_USER_INPUT (link accepted, revoked or expired; name; password); CONFLICT for an account
 *   that is deactivated.
 */
export async function acceptInvitation(
  em: EntityManager,
  origin: Origin,
  cipher: FieldCipher,
  id: string,
  acceptance: Acceptance,
): Promise<string> {
  const invitation = await openInvitation(em, id);
  const known = await findAccount(callWithin(em), invitation.emailIndex);
  const { organizationId, role, clientIds } = invitation;
  const userId = known
    ? keepAccount(known, acceptance)
    : await makeAccount(em, cipher, invitation, acceptance);
  const existing = await em.findOne(Membership, { organizationId, userId });
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

function keepAccount({ userId, isDisabled }: KnownAccount, { name, password }: Acceptance): string {
  if (isDisabled) throw new DomainError('CONFLICT', 'This account is deactivated.');
  if (name != null || password != null) {
    const message = 'You have an account with this email: leave name and password out.';
    throw badInput(message, name != null ? 'name' : 'password');
  }
  return userId;
}

async function makeAccount(
  em: EntityManager,
  cipher: FieldCipher,
  invitation: Invitation,
  { name, password }: Acceptance,
): Promise<string> {
  if (name == null) throw badInput('Say what you are called.', 'name');
  if (password == null) throw badInput('Choose a password.', 'password');
  const email = cipher.decrypt(invitation.emailCiphertext);
  return (await createAccount(em, cipher, { email, name: checkName(name), password })).id;
}
