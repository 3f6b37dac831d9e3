import type { EntityClass } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { once, type RepeatableCall } from '../domain/idempotency/once.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import type { GraphContext } from './context.ts';

type Change<T> = (em: EntityManager, actor: Actor, outbox: Outbox) => Promise<T>;

/**
 * Change something at most once per key. @returns what the first call under the key gave, as it is now.
 *
 * @throws {DomainError} CONFLICT when the key was used with another input.
 */
export function changeOnce<T extends { id: string }>(
  context: GraphContext,
  entity: EntityClass<T>,
  call: RepeatableCall,
  change: Change<T>,
): Promise<T> {
  return context.mutate(async (em, actor, outbox) => {
    const id = await once(em, actor, call, async () => (await change(em, actor, outbox)).id);
    return em.findOneOrFail(entity, { id } as never);
  });
}
