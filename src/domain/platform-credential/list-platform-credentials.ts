import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { found } from '../errors.ts';
import { PlatformCredential } from './platform-credential.entity.ts';

/** A client's credentials, or the organization's own for null, by name. @throws {DomainError} NOT_FOUND (client). */
export async function listPlatformCredentials(
  em: EntityManager,
  clientId: string | null,
): Promise<PlatformCredential[]> {
  if (clientId) found(await em.findOne(Client, clientId), 'client');
  return em.find(PlatformCredential, { clientId }, { orderBy: { name: 'asc', id: 'asc' } });
}
