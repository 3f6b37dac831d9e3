import { DomainError } from '../errors.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Role } from './membership.entity.ts';
import { hashPassword, verifyPassword } from './password.ts';

/** What signing in reads, across organizations, before there is a viewer. */
export interface IdentityStore {
  findCredentials(
    emailIndex: string,
  ): Promise<{ userId: string; passwordHash: string } | undefined>;
  findMemberships(userId: string): Promise<MembershipRow[]>;
}

export interface MembershipRow {
  userId: string;
  organizationId: string;
  role: Role;
  clientIds: string[] | null;
  emailCiphertext: string;
}

/** Failed tries, and those under way: signing in successfully is not limited. */
export const signInLimits = {
  perAddress: { name: 'sign-in-address', points: 100, seconds: 15 * 60 },
  /** Of one email from one address: who guesses must not keep its owner, elsewhere, from signing in. */
  perPair: { name: 'sign-in-pair', points: 10, seconds: 15 * 60 },
  perEmail: { name: 'sign-in-email', points: 200, seconds: 15 * 60 },
} satisfies Record<string, RateLimit>;

/** What somebody signs in with. */
export interface Credentials {
  email: string;
  password: string;
  /** Of their authenticator app, or a recovery code; only who has a second factor needs one. */
  code?: string | null;
  /** Which of their organizations to act in; the first that they joined where it is left out. */
  organizationId?: string | null;
}

/** What somebody signs in with whom an OpenID provider vouched for. */
export interface TicketCredentials extends Pick<Credentials, 'code' | 'organizationId'> {
  ticket: string;
  /** That of the challenge that the ticket was asked for with. */
  secret: string;
}

/** How emails are compared: without case or surrounding space. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Verified when the user is unknown, so that the answer takes as long as for a wrong password. */
const decoy = hashPassword('decoy');

/**
 * Check an email and a password.
 *
 * @returns the user's membership of an organization, or their first one.
 * @throws {DomainError} UNAUTHENTICATED: one answer for an unknown email, a wrong password and no way in.
 */
export async function signIn(
  store: IdentityStore,
  emailIndex: string,
  { password, organizationId }: Pick<Credentials, 'password' | 'organizationId'>,
): Promise<MembershipRow> {
  const credentials = await store.findCredentials(emailIndex);
  const isRight = await verifyPassword(password, credentials?.passwordHash ?? (await decoy));
  const membership =
    credentials && isRight
      ? chooseMembership(await store.findMemberships(credentials.userId), organizationId)
      : undefined;
  if (!membership) throw new DomainError('UNAUTHENTICATED', 'The email or the password is wrong.');
  return membership;
}

/** The membership of an organization; the first one where none is named. */
export function chooseMembership(
  memberships: readonly MembershipRow[],
  organizationId: string | null | undefined,
): MembershipRow | undefined {
  return memberships.find((each) => !organizationId || each.organizationId === organizationId);
}
