import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Origin, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { Membership, type Role } from './membership.entity.ts';
import { PasswordReset } from './password-reset.entity.ts';
import { User } from './user.entity.ts';

/**
 * Set a new password by a mailed link, once. All other such links and all sessions of the user end by it, whichever
 * organization they are of, and the user is told by mail that the password was changed.
 *
 * @param passwordHash of the new one, which was chosen by {@link emailOfReset}'s owner.
 * @throws {DomainError} BAD_USER_INPUT (link used, void or expired).
 */
export async function resetPassword(
  em: EntityManager,
  origin: Origin,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  { id, passwordHash }: { id: string; passwordHash: string },
): Promise<void> {
  const { organizationId, user, role } = await openReset(em, id);
  const { id: userId } = user;
  const email = cipher.decrypt(user.emailCiphertext);
  user.passwordHash = passwordHash;
  const actor = { organizationId, clientIds: null, userId, email, role, origin };
  const entity = { entityType: 'User', entityId: userId };
  recordChange(em, actor, { action: 'RESET_PASSWORD', ...entity, before: null, after: null });
  await em.flush();
  await em.execute('select settle_password_change(?)', [userId]);
  const letter = { kind: 'PASSWORD_CHANGED' } as const;
  await queueMail(em, postbox, { organizationId, aboutId: id, to: email, letter });
}

/**
 * Whose password a link sets.
 *
 * @returns their email. @throws {DomainError} BAD_USER_INPUT (link used, void or expired).
 */
export async function emailOfReset(
  em: EntityManager,
  cipher: Pick<FieldCipher, 'decrypt'>,
  id: string,
): Promise<string> {
  const { user } = await openReset(em, id);
  return cipher.decrypt(user.emailCiphertext);
}

/** A link that can be used, held so that only one does, and whose it is. */
async function openReset(
  em: EntityManager,
  id: string,
): Promise<{ organizationId: string; user: User; role: Role }> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const { organizationId, userId, endedAt, expiresAt } = await em.findOneOrFail(
    PasswordReset,
    id,
    lock,
  );
  if (endedAt) throw badInput('This link was used already.', 'token');
  if (expiresAt <= (await databaseNow(em))) {
    throw badInput('This link has expired: ask for a new one.', 'token');
  }
  const membership = await em.findOne(Membership, { userId, disabledAt: null });
  if (!membership) throw badInput('This link is not valid any more.', 'token');
  return { organizationId, user: await em.findOneOrFail(User, userId), role: membership.role };
}
