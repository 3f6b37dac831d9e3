import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { found } from '../errors.ts';
import { actsAs } from '../identity/viewer.ts';
import { Session, type SessionEnding } from './session.entity.ts';

/** Which sessions of an organization. */
export interface SessionSelection {
  /** Of one user; of all where it is null. */
  userId: string | null;
  /** All but this one. */
  exceptId?: string | null;
}

/**
 * End a session, one's own or, for an admin, anybody's: its access token opens nothing from now on. Doing so twice
 * changes nothing.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function endSession(
  em: EntityManager,
  actor: Actor,
  id: string,
  ending: 'SIGNED_OUT' | 'REVOKED',
): Promise<Session> {
  const seen = await em.findOne(Session, id);
  const isTheirs = seen?.userId === actor.userId || actsAs(actor, 'ADMIN');
  const session = found(isTheirs ? seen : null, 'session');
  const ended = await end(em, actor, ending, 'id = ?', [id]);
  if (ended > 0) {
    const action = ending === 'SIGNED_OUT' ? 'SIGN_OUT' : 'REVOKE';
    const entity = { entityType: 'Session', entityId: id };
    const before = { userId: session.userId };
    recordChange(em, actor, { action, ...entity, before, after: { ending } });
    await em.flush();
  }
  return em.refreshOrFail(session);
}

/**
 * End the sessions of a user, or of the whole organization.
 *
 * @returns how many there were.
 */
export async function endSessions(
  em: EntityManager,
  actor: Actor,
  { userId, exceptId = null }: SessionSelection,
  ending: SessionEnding,
): Promise<number> {
  const condition = `${userId ? 'user_id = ?' : 'true'} and id is distinct from ?`;
  const ofUser = userId ? [userId] : [];
  const sessions = await end(em, actor, ending, condition, [...ofUser, exceptId]);
  const entity = userId
    ? { entityType: 'User', entityId: userId }
    : { entityType: 'Organization', entityId: actor.organizationId };
  const after = { sessions, ending };
  recordChange(em, actor, { action: 'REVOKE_SESSIONS', ...entity, before: null, after });
  await em.flush();
  return sessions;
}

/** End the sessions of those who lost, with a client that was disabled, the last one that they see. */
export async function endSessionsOfDisabled(
  em: EntityManager,
  actor: Actor,
  clientId: string,
): Promise<void> {
  const condition = `user_id in (
    select m.user_id from memberships m
    where m.client_ids is not null and not exists (
      select from clients c where c.id = any (m.client_ids) and c.status <> 'DISABLED'
    )
  )`;
  const ending = 'CLIENT_DISABLED';
  const sessions = await end(em, actor, ending, condition, []);
  if (sessions === 0) return;
  const entity = { entityType: 'Client', entityId: clientId };
  const after = { sessions, ending };
  recordChange(em, actor, { action: 'REVOKE_SESSIONS', ...entity, before: null, after });
  await em.flush();
}

/** @param condition SQL of those that it is about. @returns how many of them stood until now. */
async function end(
  em: EntityManager,
  { userId, organizationId }: Actor,
  ending: SessionEnding,
  condition: string,
  parameters: unknown[],
): Promise<number> {
  const ended = await em.execute<object[]>(
    `update sessions set ended_at = now(), ended_by = ?, ending = ?
     where organization_id = ? and ended_at is null and expires_at > now() and ${condition}
     returning id`,
    [userId, ending, organizationId, ...parameters],
  );
  return ended.length;
}
