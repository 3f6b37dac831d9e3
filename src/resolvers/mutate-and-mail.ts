import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { mailLimit } from '../domain/identity/account-limits.ts';
import type { Postbox } from '../domain/mail/queue-mail.ts';
import { openPostbox } from '../jobs/postbox.ts';
import type { GraphContext } from './context.ts';

/**
 * Change something and have people mailed of it, by whom an organization may do so no oftener than {@link mailLimit}:
 * what they mail goes out in our name. What is refused is not counted.
 *
 * @throws {DomainError} RATE_LIMITED.
 */
export async function mutateAndMail<T>(
  context: GraphContext,
  change: (em: EntityManager, actor: Actor, postbox: Postbox) => Promise<T>,
): Promise<T> {
  const { cipher, rateLimiter } = context.services;
  const { organizationId } = await context.viewer();
  await rateLimiter.consume(mailLimit, organizationId);
  try {
    return await context.mutate((em, actor, outbox) =>
      change(em, actor, openPostbox(cipher, outbox)),
    );
  } catch (error) {
    await rateLimiter.giveBack(mailLimit, organizationId);
    throw error;
  }
}
