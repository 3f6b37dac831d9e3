import { DomainError } from '../domain/errors.ts';
import { signInLimits } from '../domain/identity/sign-in.ts';
import type { RateLimit, RateLimiter } from '../domain/rate-limit.ts';

/**
 * Count a try to sign in, until it succeeds.
 *
 * @param tried from where and, where that is said, by which email.
 * @throws {DomainError} RATE_LIMITED; what the try itself throws.
 */
export async function countTries<T>(
  rateLimiter: RateLimiter,
  { address, emailIndex }: { address: string; emailIndex?: string },
  attempt: () => Promise<T>,
): Promise<T> {
  // The address first: one that is refused must not count against an email.
  const limits: [RateLimit, string][] = [[signInLimits.perAddress, address]];
  if (emailIndex !== undefined) {
    limits.push([signInLimits.perPair, `${emailIndex} ${address}`]);
    limits.push([signInLimits.perEmail, emailIndex]);
  }
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
