import { DomainError } from '../domain/errors.ts';
import { signInLimits } from '../domain/identity/sign-in.ts';
import type { RateLimiter } from '../domain/rate-limit.ts';

/**
 * Count a try to sign in, until it succeeds.
 *
 * @throws {DomainError} RATE_LIMITED; what the try itself throws.
 */
export async function countTries<T>(
  rateLimiter: RateLimiter,
  { emailIndex, address }: { emailIndex: string; address: string },
  attempt: () => Promise<T>,
): Promise<T> {
  // The address first: one that is refused must not count against an email.
  const limits = [
    [signInLimits.perAddress, address],
    [signInLimits.perPair, `${emailIndex} ${address}`],
    [signInLimits.perEmail, emailIndex],
  ] as const;
  for (const [limit, key] of limits) await rateLimiter.consume(limit, key);
  const giveBack = () =>
    Promise.all(limits.map(([limit, key]) => rateLimiter.giveBack(limit, key)));
  const result = await attempt().catch(async (error) => {
    // What fails on our side is no wrong password.
    if (!(error instanceof DomainError)) await giveBack();
    throw error;
  });
  await giveBack();
  return result;
}
