import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { requireAuthorityOver } from './authority.ts';
import { generateLinkToken } from './link-token.ts';
import { Membership } from './membership.entity.ts';
import { Organization } from './organization.entity.ts';
import { PasswordReset } from './password-reset.entity.ts';
import { User } from './user.entity.ts';

const lifeMs = 60 * 60 * 1000;

/**
 * Mail a member a link by which they set a new password; until they do, the old one stays.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN for another administrator, unless an owner asks; CONFLICT for a member
 *   who is deactivated.
 */
export async function resetMemberPassword(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  membershipId: string,
): Promise<Membership> {
  const membership = found(await em.findOne(Membership, membershipId), 'membership');
  requireAuthorityOver(actor, membership);
  if (membership.disabledAt) throw new DomainError('CONFLICT', 'The member is deactivated.');
  await mailPasswordReset(em, actor, cipher, postbox, membership.userId);
  return membership;
}

/** Mail a user the link, unless one is on its way. @param actor who asks: they themselves, or an administrator. */
export async function mailPasswordReset(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  userId: string,
): Promise<void> {
  const { organizationId } = actor;
  await em.execute('select from users where id = ? for no key update', [userId]);
  const user = await em.findOneOrFail(User, userId);
  if (await isOnItsWay(em, userId)) return;
  const { name, timeZone } = await em.findOneOrFail(Organization, organizationId);
  const id = randomUUID();
  const { token, tokenHash } = generateLinkToken();
  const expiresAt = new Date((await databaseNow(em)).getTime() + lifeMs);
  const mail = await queueMail(em, postbox, {
    organizationId,
    aboutId: id,
    to: cipher.decrypt(user.emailCiphertext),
    letter: {
      kind: 'PASSWORD_RESET',
      isByAdmin: actor.userId !== userId,
      organization: name,
      token,
      expiresAt: expiresAt.toISOString(),
      timeZone,
    },
  });
  em.create(PasswordReset, { id, organizationId, userId, tokenHash, mailId: mail.id, expiresAt });
  const entity = { entityType: 'User', entityId: userId };
  const after = { expiresAt };
  recordChange(em, actor, { action: 'ASK_PASSWORD_RESET', ...entity, before: null, after });
  await em.flush();
}

async function isOnItsWay(em: EntityManager, userId: string): Promise<boolean> {
  const [row] = await em.execute(
    `select from password_resets r join mails m on m.id = r.mail_id
     where r.user_id = ? and r.ended_at is null and m.status = 'QUEUED'`,
    [userId],
  );
  return row !== undefined;
}
