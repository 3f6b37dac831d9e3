import type { EntityManager } from '@mikro-orm/postgresql';
import { linkLimit, resetLimits } from '../domain/identity/account-limits.ts';
import { findAccount, findLink, findPlace } from '../domain/identity/find-link.ts';
import { mailPasswordReset } from '../domain/identity/mail-password-reset.ts';
import { callerAt } from '../domain/identity/meter.ts';
import { normalizeEmail } from '../domain/identity/sign-in.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import { openPostbox } from '../jobs/postbox.ts';
import type { GraphContext } from './context.ts';

/** Does something by a mailed link, in the organization that it leads to and a transaction of its own. */
type ByLink = <T>(fn: (em: EntityManager, id: string, outbox: Outbox) => Promise<T>) => Promise<T>;

/**
 * Take a mailed link of whoever holds it.
 *
 * @throws {DomainError} BAD_USER_INPUT for what is no link; RATE_LIMITED.
 */
export async function openLink(
  context: GraphContext,
  kind: 'invitation' | 'password_reset',
  token: string,
): Promise<ByLink> {
  const { database, rateLimiter } = context.services;
  await rateLimiter.consume(linkLimit, callerAt(context.origin.ip));
  const { id, organizationId } = await findLink(database.call, kind, token);
  const tenant = { organizationId, clientIds: null };
  return (fn) => context.changeIn(tenant, (em, outbox) => fn(em, id, outbox));
}

/**
 * Mail the user of an email, where there is one, a link that sets a new password. That is looked up after the answer,
 * which so tells nothing, by its time neither.
 *
 * @throws {DomainError} RATE_LIMITED, whether or not there is such a user.
 */
export async function requestPasswordReset(context: GraphContext, email: string): Promise<void> {
  const { cipher, database, rateLimiter, doLater } = context.services;
  const { origin } = context;
  const emailIndex = cipher.blindIndex(normalizeEmail(email));
  const address = callerAt(origin.ip);
  await rateLimiter.consume(resetLimits.perAddress, address);
  await rateLimiter.consume(resetLimits.perPair, `${emailIndex} ${address}`);
  await rateLimiter.consume(resetLimits.perEmail, emailIndex);
  doLater(async () => {
    const account = await findAccount(database.call, emailIndex);
    const place = account && (await findPlace(database.call, account.userId));
    if (!place) return;
    const { userId } = account;
    const actor = { ...place, clientIds: null, userId, email: null, origin };
    await context.changeIn(actor, (em, outbox) =>
      mailPasswordReset(em, actor, cipher, openPostbox(cipher, outbox), userId),
    );
  });
}
