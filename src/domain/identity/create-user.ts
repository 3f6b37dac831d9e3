import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { badInput, DomainError } from '../errors.ts';
import { Membership, type Role } from './membership.entity.ts';
import { checkPassword, hashPassword } from './password.ts';
import { normalizeEmail } from './sign-in.ts';
import { User } from './user.entity.ts';

/** Encrypts an email and makes it findable. */
export interface EmailCipher {
  encrypt(email: string): string;
  blindIndex(email: string): string;
}

export interface NewUser {
  organizationId: string;
  email: string;
  password: string;
  role: Role;
  /** The clients that a CLIENT sees; empty for other roles. */
  clientIds: string[];
}

/**
 * Add a person to an organization.
 *
 * @throws {DomainError} BAD_USER_INPUT; CONFLICT when the email is taken.
 */
export async function createUser(
  em: EntityManager,
  cipher: EmailCipher,
  { organizationId, email, password, role, clientIds }: NewUser,
): Promise<User> {
  const address = normalizeEmail(email);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw badInput('This is not an email.', 'email');
  if ((role === 'CLIENT') !== clientIds.length > 0) {
    throw badInput('A user with the role CLIENT, and no other, is bound to clients.', 'clientIds');
  }
  const visible = await em.count(Client, { id: { $in: clientIds } });
  if (visible !== clientIds.length) throw new DomainError('NOT_FOUND', 'There is no such client.');

  const user = em.create(User, {
    emailCiphertext: cipher.encrypt(address),
    emailIndex: cipher.blindIndex(address),
    passwordHash: await hashPassword(checkPassword(password)),
  });
  await insertUser(em);
  em.create(Membership, {
    organizationId,
    role,
    userId: user.id,
    clientIds: role === 'CLIENT' ? clientIds : null,
  });
  await em.flush();
  return user;
}

/** @throws {DomainError} CONFLICT when the email is taken, in any organization. */
async function insertUser(em: EntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('CONFLICT', 'There is a user with this email already.', {
      fields: ['email'],
      cause: error,
    });
  }
}
