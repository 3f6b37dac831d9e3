import { badInput } from '../errors.ts';
import { normalizeEmail } from './sign-in.ts';

/** A plain address: nothing that a mail's header could take for more than one, for a name or for another header. */
const pattern = /^[^\s\p{Cc}\p{Cf}@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}.-]+\.[\p{L}\p{N}-]{2,}$/u;

/** RFC 5321, 4.5.3.1.3. */
const longest = 254;

/** @returns the email as it is compared. @throws {DomainError} BAD_USER_INPUT when it is none. */
export function checkEmail(email: string): string {
  const address = normalizeEmail(email);
  if (address.length > longest || !pattern.test(address) || address.includes('..')) {
    throw badInput('This is not an email.', 'email');
  }
  return address;
}
