import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError } from '../errors.ts';
import { bindClients } from './bind-clients.ts';
import { checkEmail } from './check-email.ts';
import { Membership, type Role } from './membership.entity.ts';
import { choosePassword } from './password.ts';
import { User } from './user.entity.ts';

export interface NewAccount {
  email: string;
  name?: string;
  passwordHash: string;
}

export interface NewUser {
  email: string;
  password: string;
  organizationId: string;
  role: Role;
  /** The clients that a CLIENT sees; empty for other roles. */
  clientIds: string[];
}

/**
 * Add a person to an organization.
 *
 * @throws {DomainError} BAD_USER_INPUT; NOT_FOUND (client); CONFLICT when the email is taken.
 */
export async function createUser(
  em: EntityManager,
  cipher: FieldCipher,
  { organizationId, role, clientIds, email, password }: NewUser,
): Promise<User> {
  const bound = await bindClients(em, role, clientIds);
  const passwordHash = await choosePassword(password, [checkEmail(email)]);
  const user = await createAccount(em, cipher, { email, passwordHash });
  em.create(Membership, { organizationId, role, userId: user.id, clientIds: bound });
  await em.flush();
  return user;
}

/**
 * Add a person, so far without a place anywhere.
 *
 * @throws {DomainError} BAD_USER_INPUT; CONFLICT when the email is taken, in any organization.
 */
export async function createAccount(
  em: EntityManager,
  cipher: FieldCipher,
  { email, name, passwordHash }: NewAccount,
): Promise<User> {
  const address = checkEmail(email);
  const user = em.create(User, {
    emailCiphertext: cipher.encrypt(address),
    emailIndex: cipher.blindIndex(address),
    nameCiphertext: name === undefined ? null : cipher.encrypt(name),
    passwordHash,
  });
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('CONFLICT', 'There is a user with this email already.', {
      fields: ['email'],
      cause: error,
    });
  }
  return user;
}
