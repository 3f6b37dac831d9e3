import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { callWithin, findAccount } from './find-link.ts';
import type { Role } from './membership.entity.ts';
import { openInvitation } from './open-invitation.ts';
import { Organization } from './organization.entity.ts';

/** What an invitation offers to who reads the mails of its email. */
export interface InvitationOffer {
  organizationName: string;
  email: string;
  role: Role;
  expiresAt: Date;
  hasAccount: boolean;
}

/** @throws {DomainError} BAD_USER_INPUT (link accepted, revoked or expired). */
export async function offerOf(
  em: EntityManager,
  cipher: Pick<FieldCipher, 'decrypt'>,
  id: string,
): Promise<InvitationOffer> {
  const invitation = await openInvitation(em, id);
  const { organizationId, role, expiresAt } = invitation;
  const { name: organizationName } = await em.findOneOrFail(Organization, organizationId);
  const email = cipher.decrypt(invitation.emailCiphertext);
  const account = await findAccount(callWithin(em), invitation.emailIndex);
  return { organizationName, email, role, expiresAt, hasAccount: account !== null };
}
