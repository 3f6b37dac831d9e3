import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { findRecipients } from '../alert/find-recipients.ts';
import { Organization } from '../identity/organization.entity.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import type { Settled } from './record-answer.ts';

/** Mail those whom alerts go to that a receiver is told of them no more. */
export async function mailSwitchedOff(
  em: EntityManager,
  cipher: { decrypt(ciphertext: string): string },
  postbox: Postbox,
  organizationId: string,
  { name: webhook, reason }: NonNullable<Settled['switchedOff']>,
): Promise<void> {
  const { name: organization } = await em.findOneOrFail(Organization, organizationId);
  const letter = { kind: 'WEBHOOK_OFF', organization, webhook, reason } as const;
  const aboutId = randomUUID();
  for (const to of await findRecipients(em, cipher)) {
    await queueMail(em, postbox, { organizationId, aboutId, to, letter });
  }
}
