import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import { checkEmail } from '../identity/check-email.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import { type AlertRole, alertRoles, type Organization } from '../identity/organization.entity.ts';

export interface AlertRecipients {
  /** Whose members get them; none where empty. */
  roles?: AlertRole[] | null;
  /** Who else does, by email. */
  emails?: string[] | null;
}

const mostEmails = 20;

/**
 * Set whom alerts and digests go to; what is null or left out stays. The audit log keeps how many emails, and not which.
 *
 * @throws {DomainError} BAD_USER_INPUT for what is no email, and for more than 20.
 */
export async function setAlertRecipients(
  em: EntityManager,
  actor: Actor,
  cipher: FieldCipher,
  { roles, emails }: AlertRecipients,
): Promise<Organization> {
  const organization = await lockOrganization(em, actor.organizationId);
  const before = await describe(em, organization);
  if (roles != null) organization.alertRoles = alertRoles.filter((role) => roles.includes(role));
  if (emails != null) await replaceEmails(em, actor, cipher, emails);
  await em.flush();
  const after = await describe(em, organization);
  const entity = { entityType: 'Organization', entityId: organization.id };
  recordChange(em, actor, { action: 'SET_ALERT_RECIPIENTS', ...entity, before, after });
  await em.flush();
  return organization;
}

async function replaceEmails(
  em: EntityManager,
  { organizationId }: Actor,
  cipher: FieldCipher,
  emails: string[],
): Promise<void> {
  if (emails.length > mostEmails) throw badInput(`Give at most ${mostEmails} emails.`, 'emails');
  await em.execute('delete from alert_recipients where organization_id = ?', [organizationId]);
  for (const address of new Set(emails.map(checkEmail))) {
    await em.execute(
      'insert into alert_recipients (organization_id, email_ciphertext, email_index) values (?, ?, ?)',
      [organizationId, cipher.encrypt(address), cipher.blindIndex(address)],
    );
  }
}

async function describe(em: EntityManager, organization: Organization) {
  const [row] = await em.execute<{ emails: number }[]>(
    'select count(*)::int as emails from alert_recipients',
  );
  return { roles: organization.alertRoles, emails: row?.emails ?? 0 };
}
