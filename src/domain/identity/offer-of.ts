import type { EntityManager } from '@mikro-orm/postgresql';
import { type FindAccount, type InvitedCipher, openInvitation } from './accept-invitation.ts';
import type { Role } from './membership.entity.ts';
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
  cipher: InvitedCipher,
  id: string,
  findAccount: FindAccount,
): Promise<InvitationOffer> {
  const invitation = await openInvitation(em, id);
  const { organizationId, role, expiresAt } = invitation;
  const { name: organizationName } = await em.findOneOrFail(Organization, organizationId);
  const email = cipher.decrypt(invitation.emailCiphertext);
  const hasAccount = (await findAccount(invitation.emailIndex)) !== null;
  return { organizationName, email, role, expiresAt, hasAccount };
}
