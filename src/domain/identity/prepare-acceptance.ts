import { checkName } from '../client/create-client.ts';
import { badInput, type DomainError } from '../errors.ts';
import type { InvitationOffer } from './offer-of.ts';
import { choosePassword } from './password.ts';

/** What somebody without an account chooses; who has one leaves both out. */
export interface Acceptance {
  name?: string | null;
  password?: string | null;
}

/** Who joins without an account so far. */
export interface NewPerson {
  name: string;
  passwordHash: string;
}

/**
 * Look at what somebody chose, before anything is changed: hashing takes long.
 *
 * @returns null for who has an account.
 * @throws {DomainError} BAD_USER_INPUT (name; password).
 */
export async function prepareAcceptance(
  { email, hasAccount }: Pick<InvitationOffer, 'email' | 'hasAccount'>,
  { name, password }: Acceptance,
): Promise<NewPerson | null> {
  if (hasAccount) {
    if (name != null) throw haveAccount('name');
    if (password != null) throw haveAccount('password');
    return null;
  }
  if (name == null) throw badInput('Say what you are called.', 'name');
  if (password == null) throw badInput('Choose a password.', 'password');
  const checked = checkName(name);
  return { name: checked, passwordHash: await choosePassword(password, [email, checked]) };
}

/** What to tell who has an account, and chooses a name or a password. */
export function haveAccount(field: string): DomainError {
  return badInput('You have an account with this email: leave name and password out.', field);
}
