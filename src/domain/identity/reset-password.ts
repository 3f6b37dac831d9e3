import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Origin, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { Membership } from './membership.entity.ts';
import { checkPassword, hashPassword } from './password.ts';
import { PasswordReset } from './password-reset.entity.ts';
import { User } from './user.entity.ts';

/**
 * Set a new password by a mailed link, once. All other such links and all sessions of the user end by it, whichever
 * organization they are of, and the user is told by mail that the password was changed.
 *
 * @throws {DomainError} BAD_USER_INPUT (link used, void or expired; password).
 */
export async function resetPassword(
  em: EntityManager,
  origin: Origin,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  { id, password }: { id: string; password: string },
): Promise<void> {
  const { organizationId, userId } = await openReset(em, id);
  const membership = await em.findOne(Membership, { userId, disabledAt: null });
  if (!membership) throw badInput('This link is not valid any more.', 'token');
  const user = await em.findOneOrFail(User, userId);
  const email = cipher.decrypt(user.emailCiphertext);
  await checkPassword(password, [email]);
  user.passwordHash = await hashPassword(password);
  const { role } = membership;
  const actor = { organizationId, clientIds: null, userId, email, role, origin };
  const entity = { entityType: 'User', entityId: userId };
  recordChange(em, actor, { action: 'RESET_PASSWORD', ...entity, before: null, after: null });
  await em.flush();
  await em.execute('select settle_password_change(?)', [userId]);
  const letter = { kind: 'PASSWORD_CHANGED' } as const;
  await queueMail(em, postbox, { organizationId, aboutId: id, to: email, letter });
}

/** A link that can be used, held so that only one does. */
async function openReset(em: EntityManager, id: string): Promise<PasswordReset> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const reset = await em.findOneOrFail(PasswordReset, id, lock);
  if (reset.endedAt) throw badInput('This link was used already.', 'token');
  if (reset.expiresAt <= (await databaseNow(em))) {
    throw badInput('This link has expired: ask for a new one.', 'token');
  }
  return reset;
}
