import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { badInput, DomainError } from '../errors.ts';
import type { Role } from './membership.entity.ts';

/**
 * The clients that a role is bound to: those named for a CLIENT, null for the other roles.
 *
 * @throws {DomainError} BAD_USER_INPUT; NOT_FOUND (client).
 */
export async function bindClients(
  em: EntityManager,
  role: Role,
  clientIds: readonly string[],
): Promise<string[] | null> {
  const ids = [...new Set(clientIds)];
  if ((role === 'CLIENT') !== ids.length > 0) {
    throw badInput('A user with the role CLIENT, and no other, is bound to clients.', 'clientIds');
  }
  const visible = await em.count(Client, { id: { $in: ids } });
  if (visible !== ids.length) throw new DomainError('NOT_FOUND', 'There is no such client.');
  return role === 'CLIENT' ? ids : null;
}
