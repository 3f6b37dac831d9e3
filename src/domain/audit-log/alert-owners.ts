import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Membership } from '../identity/membership.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { User } from '../identity/user.entity.ts';
import type { SecurityAlert } from '../mail/letter.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';

/** What owners are told of, and whom or what it is about: a user, or a service token. */
export interface OwnerAlert {
  event: SecurityAlert;
  organizationId: string;
  subjectId: string;
  ip: string | null;
}

/** An account's email is shown to the owners of its organization. */
interface AlertServices {
  decrypt(ciphertext: string): string;
  postbox: Postbox;
}

/**
 * Mail the owners of an organization who may sign in that something happened; of each kind and subject once a day.
 *
 * @param em within a transaction of the organization.
 */
export async function alertOwners(
  em: EntityManager,
  { decrypt, postbox }: AlertServices,
  { event, organizationId, subjectId, ip }: OwnerAlert,
): Promise<void> {
  const [{ day, now } = { day: '', now: '' }] = await em.execute<{ day: string; now: string }[]>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day,
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`,
  );
  const aboutId = idOf(organizationId, event, subjectId, day);
  // Who comes second waits here, and then sees what was queued.
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [aboutId]);
  const [told] = await em.execute('select from mails where about_id = ? limit 1', [aboutId]);
  if (told) return;
  const { name: organization, timeZone } = await em.findOneOrFail(Organization, organizationId);
  const subject = await em.findOne(User, subjectId);
  const owners = await em.find(Membership, { organizationId, role: 'OWNER', disabledAt: null });
  const users = await em.find(User, { id: { $in: owners.map(({ userId }) => userId) } });
  const account = subject && decrypt(subject.emailCiphertext);
  const kind = 'SECURITY_ALERT' as const;
  const letter = { kind, event, organization, account, ip, at: now, timeZone };
  for (const { emailCiphertext, disabledAt } of users) {
    if (disabledAt) continue;
    const to = decrypt(emailCiphertext);
    await queueMail(em, postbox, { organizationId, aboutId, to, letter });
  }
}

/** The same id for the same event of a day. */
function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
