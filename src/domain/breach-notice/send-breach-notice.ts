import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { Organization } from '../identity/organization.entity.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import type { BreachNotice } from './breach-notice.ts';

/** An owner, and whether the notice went to them before. */
export interface NoticeRecipient {
  userId: string;
  email: string;
  wasNotified: boolean;
}

/** Owners of an organization who can sign in, the first of them first. */
export async function findRecipients(
  em: EntityManager,
  organizationId: string,
  cipher: Pick<FieldCipher, 'decrypt'>,
  { hash }: BreachNotice,
): Promise<NoticeRecipient[]> {
  const rows = await em.execute<{ userId: string; ciphertext: string; wasNotified: boolean }[]>(
    `select u.id as "userId", u.email_ciphertext as ciphertext, exists (
       select from breach_notices n
       where n.organization_id = m.organization_id and n.user_id = u.id and n.notice_hash = ?
     ) as "wasNotified"
     from memberships m join users u on u.id = m.user_id
     where m.organization_id = ? and m.role = 'OWNER' and m.disabled_at is null and u.disabled_at is null
     order by m.created_at, m.id`,
    [hash, organizationId],
  );
  return rows.map(({ ciphertext, ...row }) => ({ ...row, email: cipher.decrypt(ciphertext) }));
}

/**
 * Mail a notice to the owners of an organization whom it did not go to before, and leave it in the audit log. Those who
 * send the same one at once take turns.
 *
 * @returns whom it goes to now.
 */
export async function sendBreachNotice(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'decrypt'>,
  postbox: Postbox,
  notice: BreachNotice,
): Promise<NoticeRecipient[]> {
  const { organizationId } = actor;
  await em.execute('select from organizations where id = ? for no key update', [organizationId]);
  const { name } = await em.findOneOrFail(Organization, organizationId);
  const { subject, paragraphs, hash } = notice;
  const letter = { kind: 'BREACH_NOTICE', organization: name, subject, paragraphs } as const;
  const recipients = await findRecipients(em, organizationId, cipher, notice);
  const missing = recipients.filter(({ wasNotified }) => !wasNotified);
  for (const { userId, email } of missing) {
    const id = randomUUID();
    const mail = await queueMail(em, postbox, { organizationId, aboutId: id, to: email, letter });
    await em.execute(
      `insert into breach_notices (id, organization_id, notice_hash, subject, user_id, mail_id)
       values (?, ?, ?, ?, ?, ?)`,
      [id, organizationId, hash, subject, userId, mail.id],
    );
    const after = { userId, subject, noticeHash: hash };
    const entity = { entityType: 'BreachNotice', entityId: id };
    recordChange(em, actor, { action: 'SEND', ...entity, before: null, after });
  }
  await em.flush();
  return missing;
}
