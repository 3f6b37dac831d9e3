import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput } from '../errors.ts';
import { endSessions } from '../session/end-sessions.ts';
import { holdMembership, keepAnOwner } from './hold-membership.ts';
import type { Membership } from './membership.entity.ts';
import { revokeInvitationsBy } from './revoke-invitation.ts';

/**
 * Let a member in no more: their sessions end, and signing in is refused; their place is kept. Doing so twice changes
 * nothing.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for oneself; FORBIDDEN (a higher place); CONFLICT for the last
 *   owner.
 */
export async function deactivateUser(
  em: EntityManager,
  actor: Actor,
  membershipId: string,
): Promise<Membership> {
  const membership = await holdMembership(em, actor, membershipId);
  const { userId } = membership;
  if (userId === actor.userId) throw badInput('You cannot deactivate yourself.', 'id');
  if (membership.disabledAt) return membership;
  await keepAnOwner(em, membership);
  membership.disabledAt = await databaseNow(em);
  record(em, actor, membership, 'DEACTIVATE');
  await em.flush();
  await revokeInvitationsBy(em, actor, userId);
  await endSessions(em, actor, { userId }, 'USER_DEACTIVATED');
  return membership;
}

/**
 * Let somebody in again who was deactivated; they sign in anew. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (a higher place).
 */
export async function reactivateUser(
  em: EntityManager,
  actor: Actor,
  membershipId: string,
): Promise<Membership> {
  const membership = await holdMembership(em, actor, membershipId);
  if (!membership.disabledAt) return membership;
  membership.disabledAt = null;
  record(em, actor, membership, 'REACTIVATE');
  await em.flush();
  return membership;
}

function record(
  em: EntityManager,
  actor: Actor,
  { id, userId, role, disabledAt }: Membership,
  action: string,
): void {
  const entity = { entityType: 'Membership', entityId: id };
  recordChange(em, actor, { action, ...entity, before: { userId, role }, after: { disabledAt } });
}
