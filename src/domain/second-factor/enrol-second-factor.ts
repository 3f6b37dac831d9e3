import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError } from '../errors.ts';
import { verifyPassword } from '../identity/password.ts';
import { User } from '../identity/user.entity.ts';
import { codeLimit, type FactorServices, takeCode } from './prove-second-factor.ts';
import { generateRecoveryCodes, hashRecoveryCode } from './recovery-codes.ts';
import { SecondFactor } from './second-factor.entity.ts';
import { addressOf, generateSecret } from './totp.ts';

/** A person who asks, for themselves. */
export type Person = Actor & { userId: string };

/** What an authenticator app is set up with. It is shown this once. */
export interface Enrolment {
  secret: string;
  /** The same as an address, for a QR code. */
  address: string;
}

/**
 * Check the password of who begins to set an app up: who came by a session alone must not lock its owner out. It takes a
 * tenth of a second of work, which no transaction waits for.
 *
 * @param read reads in a transaction of its own.
 * @throws {DomainError} BAD_USER_INPUT for a wrong password: the session stands; RATE_LIMITED.
 */
export async function provePassword(
  read: <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>,
  { rateLimiter }: Pick<FactorServices, 'rateLimiter'>,
  userId: string,
  password: string,
): Promise<void> {
  const { passwordHash } = await read((em) => em.findOneOrFail(User, userId));
  await rateLimiter.consume(codeLimit, userId);
  if (!(await verifyPassword(password, passwordHash))) {
    throw badInput('The password is wrong.', 'password');
  }
  await rateLimiter.giveBack(codeLimit, userId);
}

/**
 * Begin to set an app up, for who proved their password. Until a code of it is confirmed it proves nothing, and a new
 * beginning replaces it.
 *
 * @throws {DomainError} CONFLICT where there is one that was confirmed.
 */
export async function enrolSecondFactor(
  em: EntityManager,
  actor: Person,
  { cipher }: Pick<FactorServices, 'cipher'>,
): Promise<Enrolment> {
  const secret = generateSecret();
  const begun = await em.execute<object[]>(
    `insert into second_factors (user_id, secret_ciphertext) values (?, ?)
     on conflict (user_id) do update
       set secret_ciphertext = excluded.secret_ciphertext, created_at = now(), last_step = null
       where second_factors.confirmed_at is null
     returning user_id`,
    [actor.userId, cipher.encrypt(secret)],
  );
  if (begun.length === 0) {
    throw new DomainError('CONFLICT', 'You have a second factor; disable it first.');
  }
  record(em, actor, 'ENROL_SECOND_FACTOR');
  await em.flush();
  return { secret, address: addressOf(secret, actor.email ?? '') };
}

/**
 * Show a code of the app that was set up: from now on, signing in takes one.
 *
 * @returns codes for when the app is lost, each for one use. They are shown this once.
 * @throws {DomainError} BAD_USER_INPUT for a wrong code; RATE_LIMITED; CONFLICT where nothing is to be confirmed.
 */
export async function confirmSecondFactor(
  em: EntityManager,
  actor: Person,
  { cipher, rateLimiter }: FactorServices,
  code: string,
): Promise<string[]> {
  const { userId } = actor;
  const factor = await em.findOne(SecondFactor, { userId, confirmedAt: null });
  if (!factor) throw new DomainError('CONFLICT', 'Enrol a second factor first.');
  await rateLimiter.consume(codeLimit, userId);
  if (!(await takeCode(em, userId, cipher.decrypt(factor.secretCiphertext), code))) {
    throw badInput('This is not the code that the app shows now.', 'code');
  }
  await rateLimiter.giveBack(codeLimit, userId);
  const recoveryCodes = generateRecoveryCodes();
  await em.execute(
    'update second_factors set confirmed_at = now(), recovery_hashes = ?::text[] where user_id = ?',
    [`{${recoveryCodes.map(hashRecoveryCode).join(',')}}`, userId],
  );
  record(em, actor, 'CONFIRM_SECOND_FACTOR');
  await em.flush();
  return recoveryCodes;
}

function record(em: EntityManager, actor: Person, action: string): void {
  const entity = { entityType: 'User', entityId: actor.userId };
  recordChange(em, actor, { action, ...entity, before: null, after: null });
}
