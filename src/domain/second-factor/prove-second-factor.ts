import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError } from '../errors.ts';
import type { RateLimit, RateLimiter } from '../rate-limit.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { SecondFactor } from './second-factor.entity.ts';
import { stepOf } from './totp.ts';

/** What second factors are kept and counted with. */
export interface FactorServices {
  /** Encrypts secrets at rest. */
  cipher: Pick<FieldCipher, 'encrypt' | 'decrypt'>;
  rateLimiter: RateLimiter;
}

/** Wrong proofs of one user, from wherever: a code has a million values, and three of them are right. */
export const codeLimit: RateLimit = { name: 'second-factor', points: 5, seconds: 15 * 60 };

/**
 * Check the code of a user who has a second factor; of one who has none, nothing is asked.
 *
 * @param code of the app, or one of the recovery codes. Either is taken once.
 * @throws {DomainError} UNAUTHENTICATED on the field `code`; RATE_LIMITED.
 */
export async function proveSecondFactor(
  em: EntityManager,
  { cipher, rateLimiter }: FactorServices,
  userId: string,
  code: string | null | undefined,
): Promise<void> {
  const factor = await em.findOne(SecondFactor, { userId, confirmedAt: { $ne: null } });
  if (!factor) return;
  if (!code) throw refusal('Give the code of your authenticator app, or a recovery code.');
  await rateLimiter.consume(codeLimit, userId);
  const secret = cipher.decrypt(factor.secretCiphertext);
  const isRight =
    (await takeCode(em, userId, secret, code)) || (await takeRecovery(em, userId, code));
  if (!isRight) throw refusal('The code is wrong, or was used before.');
  await rateLimiter.giveBack(codeLimit, userId);
}

/** Take a code of an app, which shows it in two halves: once, and none of before. @returns whether it was right. */
export async function takeCode(
  em: EntityManager,
  userId: string,
  secret: string,
  code: string,
): Promise<boolean> {
  const step = stepOf(secret, code.replaceAll(/\s/g, ''), (await databaseNow(em)).getTime());
  if (step === null) return false;
  const taken = await em.execute<object[]>(
    `update second_factors set last_step = ?
     where user_id = ? and coalesce(last_step < ?, true) returning user_id`,
    [step, userId, step],
  );
  return taken.length > 0;
}

async function takeRecovery(em: EntityManager, userId: string, code: string): Promise<boolean> {
  const hash = hashRecoveryCode(code);
  const taken = await em.execute<object[]>(
    `update second_factors set recovery_hashes = array_remove(recovery_hashes, ?)
     where user_id = ? and ? = any (recovery_hashes) returning user_id`,
    [hash, userId, hash],
  );
  return taken.length > 0;
}

function refusal(message: string): DomainError {
  return new DomainError('UNAUTHENTICATED', message, { fields: ['code'] });
}
