import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import type { GraphContext } from './context.ts';

/**
 * Change what may be the viewer's own and belongs to no client, and so is out of reach for who is limited to some. What
 * `fn` does it must allow itself.
 */
export async function actUponOneself<T>(
  context: GraphContext,
  fn: (em: EntityManager, actor: Actor, outbox: Outbox) => Promise<T>,
): Promise<T> {
  await context.endReading();
  const actor = { ...(await context.viewer()), clientIds: null, origin: context.origin };
  return context.changeIn(actor, (em, outbox) => fn(em, actor, outbox));
}
