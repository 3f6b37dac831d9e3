import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Session } from './session.entity.ts';

/** A session that is not refreshed for so long ends. */
export const idleDays = 7;

/**
 * Begin the session of somebody who proved who they are.
 *
 * @param days it stands at most, however much it is used.
 * @param refreshHash of the token that renews it.
 */
export async function openSession(
  em: EntityManager,
  actor: Actor & { userId: string },
  days: number,
  refreshHash: string,
): Promise<Session> {
  const { organizationId, userId, origin } = actor;
  const id = randomUUID();
  await em.execute(
    `insert into sessions (id, organization_id, user_id, ip, user_agent, expires_at)
     values (?, ?, ?, ?, ?, now() + make_interval(days => ?))`,
    [id, organizationId, userId, origin.ip, origin.userAgent, Math.min(idleDays, days)],
  );
  await em.execute(
    'insert into refresh_tokens (token_hash, session_id, organization_id) values (?, ?, ?)',
    [refreshHash, id, organizationId],
  );
  const entity = { entityType: 'Session', entityId: id };
  recordChange(em, actor, { action: 'SIGN_IN', ...entity, before: null, after: { userId } });
  await em.flush();
  return em.findOneOrFail(Session, id);
}
