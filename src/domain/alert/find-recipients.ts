import type { EntityManager } from '@mikro-orm/postgresql';

type Decrypt = { decrypt(ciphertext: string): string };

/** Emails of those whom alerts and digests of the organization go to, each once. */
export async function findRecipients(em: EntityManager, cipher: Decrypt): Promise<string[]> {
  const members = await em.execute<{ ciphertext: string }[]>(
    `select u.email_ciphertext as ciphertext
     from organizations o
     join memberships m on m.organization_id = o.id and m.role = any (o.alert_roles) and m.disabled_at is null
     join users u on u.id = m.user_id and u.disabled_at is null`,
  );
  const emails = members.map(({ ciphertext }) => cipher.decrypt(ciphertext));
  return [...new Set([...emails, ...(await listAlertEmails(em, cipher))])];
}

/** Emails that the organization has alerts go to beside its members', in order. */
export async function listAlertEmails(em: EntityManager, cipher: Decrypt): Promise<string[]> {
  const rows = await em.execute<{ ciphertext: string }[]>(
    'select email_ciphertext as ciphertext from alert_recipients',
  );
  return rows.map(({ ciphertext }) => cipher.decrypt(ciphertext)).sort();
}
