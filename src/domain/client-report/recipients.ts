import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import { checkEmail } from '../identity/check-email.ts';
import type { ReportDefinition } from './report-definition.entity.ts';

const mostEmails = 50;

/** Set who gets a report beside members. @throws {DomainError} BAD_USER_INPUT for what is no email, and for too many. */
export async function replaceEmails(
  em: EntityManager,
  cipher: FieldCipher,
  { id, organizationId, clientId }: ReportDefinition,
  emails: string[],
): Promise<void> {
  if (emails.length > mostEmails) throw badInput(`Give at most ${mostEmails} emails.`, 'emails');
  await em.execute('delete from report_recipients where definition_id = ?', [id]);
  for (const address of new Set(emails.map(checkEmail))) {
    await em.execute(
      `insert into report_recipients (organization_id, client_id, definition_id, email_ciphertext, email_index)
       values (?, ?, ?, ?, ?)`,
      [organizationId, clientId, id, cipher.encrypt(address), cipher.blindIndex(address)],
    );
  }
}

export async function countEmails(em: EntityManager, definitionId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    'select count(*)::int as count from report_recipients where definition_id = ?',
    [definitionId],
  );
  return row?.count ?? 0;
}

/** Who gets each of many reports beside members: their emails, encrypted. */
export async function findSealedEmails(
  em: EntityManager,
  definitionIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await em.execute<{ id: string; sealed: string }[]>(
    `select definition_id as id, email_ciphertext as sealed from report_recipients
     where definition_id = any (?::uuid[])`,
    [arrayLiteral(definitionIds)],
  );
  const byDefinition = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    definitionIds.map((id) => [id, (byDefinition.get(id) ?? []).map(({ sealed }) => sealed)]),
  );
}

/** Emails of all whom a report goes to by now, each once: of members only those who see its client. */
export async function findAddresses(
  em: EntityManager,
  cipher: Pick<FieldCipher, 'decrypt'>,
  { id, clientId, roles }: ReportDefinition,
): Promise<string[]> {
  const members = await em.execute<{ sealed: string }[]>(
    `select u.email_ciphertext as sealed from memberships m
     join users u on u.id = m.user_id and u.disabled_at is null
     where m.role = any (?::text[]) and m.disabled_at is null
       and (m.client_ids is null or ?::uuid = any (m.client_ids))`,
    [arrayLiteral(roles), clientId],
  );
  const others = (await findSealedEmails(em, [id])).get(id) ?? [];
  const sealed = [...members.map((member) => member.sealed), ...others];
  return [...new Set(sealed.map((each) => checkEmail(cipher.decrypt(each))))].sort();
}
