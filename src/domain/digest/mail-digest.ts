import type { EntityManager } from '@mikro-orm/postgresql';
import { findRecipients } from '../alert/find-recipients.ts';
import { today } from '../calendar.ts';
import { Organization } from '../identity/organization.entity.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { readDigest } from './read-digest.ts';

/**
 * Mail an organization's people what happened in the last 24 hours, where anything did.
 *
 * @param jobRunId the job that does: tried again, it mails nobody twice.
 */
export async function mailDigest(
  em: EntityManager,
  cipher: { decrypt(ciphertext: string): string },
  postbox: Postbox,
  { organizationId, jobRunId }: { organizationId: string; jobRunId: string },
): Promise<void> {
  const [told] = await em.execute('select from mails where about_id = ? limit 1', [jobRunId]);
  const facts = told ? null : await readDigest(em);
  if (!facts) return;
  const { name: organization, timeZone } = await em.findOneOrFail(Organization, organizationId);
  const letter = { kind: 'DIGEST', organization, day: today(timeZone), ...facts } as const;
  for (const to of await findRecipients(em, cipher)) {
    await queueMail(em, postbox, { organizationId, aboutId: jobRunId, to, letter });
  }
}
