import type { EntityManager } from '@mikro-orm/postgresql';
import {
  anyPattern,
  checkFirst,
  decodeCursor,
  type Page,
  type PageRequest,
  toPage,
  uuidPattern,
} from '../paging.ts';
import { Client } from './client.entity.ts';

/**
 * The clients that the tenant may see, by name.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listClients(em: EntityManager, request: PageRequest): Promise<Page<Client>> {
  const after =
    request.after === null ? null : decodeCursor(request.after, anyPattern, uuidPattern);
  const rows = await em.execute<object[]>(
    `select * from clients ${after ? 'where (name, id) > (?, ?::uuid)' : ''} order by name, id limit ?`,
    [...(after ?? []), checkFirst(request.first) + 1],
  );
  const clients = rows.map((row) => em.map(Client, row as never));
  return toPage(clients, request, (client) => [client.name, client.id]);
}
