import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { found } from '../errors.ts';
import { ServiceToken } from './service-token.entity.ts';

/**
 * End a token, from its next use on. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function revokeServiceToken(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<ServiceToken> {
  const [revoked] = await em.execute<object[]>(
    `update service_tokens set revoked_at = now(), revoked_by = ?
     where id = ? and revoked_at is null
     returning id`,
    [actor.userId, id],
  );
  const serviceToken = found(await em.findOne(ServiceToken, id), 'service token');
  if (revoked) {
    const { name, prefix, revokedAt } = serviceToken;
    const entity = { entityType: 'ServiceToken', entityId: id };
    const [before, after] = [{ name, prefix }, { revokedAt }];
    recordChange(em, actor, { action: 'REVOKE', ...entity, before, after });
    await em.flush();
  }
  return serviceToken;
}
