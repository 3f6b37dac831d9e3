import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import type { Invitation } from './invitation.entity.ts';
import { generateLinkToken } from './link-token.ts';
import { Organization } from './organization.entity.ts';

const lifeMs = 7 * 24 * 60 * 60 * 1000;

/** Mail a new link of an invitation. @returns what of the invitation changes by it. */
export async function mailInvitation(
  em: EntityManager,
  actor: Actor,
  postbox: Postbox,
  { id, to, role }: Pick<Invitation, 'id' | 'role'> & { to: string },
): Promise<Pick<Invitation, 'tokenHash' | 'mailId' | 'expiresAt'>> {
  const { organizationId } = actor;
  const { name, timeZone } = await em.findOneOrFail(Organization, organizationId);
  const { token, tokenHash } = generateLinkToken();
  const expiresAt = new Date((await databaseNow(em)).getTime() + lifeMs);
  const mail = await queueMail(em, postbox, {
    organizationId,
    aboutId: id,
    to,
    letter: {
      kind: 'INVITATION',
      organization: name,
      invitedBy: actor.email,
      role,
      token,
      expiresAt: expiresAt.toISOString(),
      timeZone,
    },
  });
  return { tokenHash, mailId: mail.id, expiresAt };
}
