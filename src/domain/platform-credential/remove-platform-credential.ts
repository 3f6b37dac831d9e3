import type { EntityManager } from '@mikro-orm/postgresql';
import { refuseNeededKey } from '../aeo-audit/refuse-needed-key.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { settingsOf } from './check-credential.ts';
import { PlatformCredential } from './platform-credential.entity.ts';

/**
 * Forget a credential that nothing uses, its secret with it.
 *
 * @returns its id. @throws {DomainError} NOT_FOUND; CONFLICT naming the feeds, or the audits and set-ups, that use it.
 */
export async function removePlatformCredential(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<string> {
  const credential = found(await em.findOne(PlatformCredential, id), 'credential');
  const users = await em.find(Feed, { credentialId: id }, { orderBy: { name: 'asc' } });
  if (users.length > 0) {
    const names = users.map(({ name }) => `"${name}"`).join(', ');
    throw new DomainError('CONFLICT', `It is used by the feeds ${names}.`);
  }
  await refuseNeededKey(em, credential);
  const entity = { entityType: 'PlatformCredential', entityId: id };
  const before = settingsOf(credential);
  recordChange(em, actor, { action: 'DELETE', ...entity, before, after: null });
  em.remove(credential);
  await em.flush();
  return id;
}
