import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError } from '../errors.ts';
import { bindClients } from './bind-clients.ts';
import { checkEmail } from './check-email.ts';
import { Membership, type Role } from './membership.entity.ts';
import { checkPassword, hashPassword } from './password.ts';
import { User } from './user.entity.ts';

export interface NewAccount {
  email: string;
  name?: string;
  password: string;
}

export interface NewUser extends NewAccount {
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
  { organizationId, role, clientIds, ...account }: NewUser,
): Promise<User> {
  const bound = await bindClients(em, role, clientIds);
  const user = await createAccount(em, cipher, account);
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
  { email, name, password }: NewAccount,
): Promise<User> {
  const address = checkEmail(email);
  await checkPassword(password, [address, name ?? '']);
  const user = em.create(User, {
    emailCiphertext: cipher.encrypt(address),
    emailIndex: cipher.blindIndex(address),
    nameCiphertext: name === undefined ? null : cipher.encrypt(name),
    passwordHash: await hashPassword(password),
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
