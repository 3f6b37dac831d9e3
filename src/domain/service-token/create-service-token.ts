import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, DomainError } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import {
  ServiceToken,
  type ServiceTokenScope,
  serviceTokenScopes,
} from './service-token.entity.ts';
import { generateToken, hashToken } from './token-text.ts';

export interface NewServiceToken {
  name: string;
  scopes: ServiceTokenScope[];
  /** The only clients that it sees; all where left out. */
  clientIds?: string[] | null;
  /** A year from now where left out. */
  expiresAt?: Date | null;
  allowsQueryString: boolean;
  idempotencyKey?: string | null;
}

const dayMs = 24 * 60 * 60 * 1000;
const usualLife = 365 * dayMs;
/** Two years, one of which may be a leap year. */
const longestLife = 731 * dayMs;
const mostClients = 1000;

/**
 * Make a token for a machine.
 *
 * Only its hash is stored, so that it is shown this once: a repeated call under one idempotency key makes no second
 * token, and cannot show the first again.
 *
 * @returns `token` is null where an earlier call made it.
 * @throws {DomainError} BAD_USER_INPUT; NOT_FOUND (client); FORBIDDEN where no person asks.
 */
export async function createServiceToken(
  em: EntityManager,
  actor: Actor,
  { idempotencyKey, ...input }: NewServiceToken,
): Promise<{ serviceToken: ServiceToken; token: string | null }> {
  const { organizationId, userId: createdBy } = actor;
  if (!createdBy) throw new DomainError('FORBIDDEN', 'Only a person makes service tokens.');
  let shown: string | null = null;
  const call = { operation: 'createServiceToken', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const settings = await check(em, input);
    const { token, prefix } = generateToken();
    const after = { ...settings, prefix };
    const serviceToken = em.create(ServiceToken, {
      ...after,
      organizationId,
      createdBy,
      tokenHash: String(hashToken(token)),
    });
    const entity = { entityType: 'ServiceToken', entityId: serviceToken.id };
    recordChange(em, actor, { action: 'CREATE', ...entity, before: null, after });
    await em.flush();
    shown = token;
    return serviceToken.id;
  });
  return { serviceToken: await em.findOneOrFail(ServiceToken, id), token: shown };
}

async function check(em: EntityManager, input: NewServiceToken) {
  const scopes = serviceTokenScopes.filter((scope) => input.scopes.includes(scope));
  if (scopes.length === 0) throw badInput('A service token has at least one scope.', 'scopes');
  const clientIds = input.clientIds ? [...new Set(input.clientIds)] : null;
  if (clientIds) await checkClients(em, clientIds);
  if (clientIds && scopes.includes('INGEST')) {
    throw badInput('A service token that loads data is limited to no clients.', 'clientIds');
  }
  return {
    name: checkName(input.name),
    scopes,
    clientIds,
    expiresAt: checkExpiry(await databaseNow(em), input.expiresAt),
    allowsQueryString: input.allowsQueryString,
  };
}

async function checkClients(em: EntityManager, ids: string[]): Promise<void> {
  if (ids.length === 0 || ids.length > mostClients) {
    throw badInput(`Name 1 to ${mostClients} clients, or leave them out for all.`, 'clientIds');
  }
  const visible = await em.count(Client, { id: { $in: ids } });
  if (visible !== ids.length) throw new DomainError('NOT_FOUND', 'There is no such client.');
}

function checkExpiry(now: Date, asked: Date | null | undefined): Date {
  const expiresAt = asked ?? new Date(now.getTime() + usualLife);
  const lifeMs = expiresAt.getTime() - now.getTime();
  if (lifeMs <= 0) throw badInput('The expiry is past.', 'expiresAt');
  if (lifeMs > longestLife) {
    throw badInput('A service token lives for two years at most.', 'expiresAt');
  }
  return expiresAt;
}
