import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { endSessions } from '../session/end-sessions.ts';
import { Membership } from './membership.entity.ts';
import { isAtLeast } from './viewer.ts';

/**
 * Let a member in no more: their sessions end, and signing in is refused; their place is kept. Doing so twice changes
 * nothing.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for oneself; FORBIDDEN for an owner, but to an owner; CONFLICT for
 *   the last owner.
 */
export async function deactivateUser(
  em: EntityManager,
  actor: Actor,
  membershipId: string,
): Promise<Membership> {
  const membership = await holdMembership(em, actor, membershipId);
  const { userId, role } = membership;
  if (userId === actor.userId) throw badInput('You cannot deactivate yourself.', 'id');
  if (membership.disabledAt) return membership;
  if (role === 'OWNER') await refuseLastOwner(em, membershipId);
  membership.disabledAt = await databaseNow(em);
  record(em, actor, membership, 'DEACTIVATE');
  await em.flush();
  await endSessions(em, actor, { userId }, 'USER_DEACTIVATED');
  return membership;
}

/**
 * Let somebody in again who was deactivated; they sign in anew. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN for an owner, but to an owner.
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

/** Those who change memberships take turns: two owners who deactivate each other do not both succeed. */
async function holdMembership(em: EntityManager, actor: Actor, id: string): Promise<Membership> {
  const { organizationId } = actor;
  await em.execute('select from organizations where id = ? for no key update', [organizationId]);
  const membership = found(await em.findOne(Membership, id), 'membership');
  if (membership.role === 'OWNER' && !isAtLeast(actor, 'OWNER')) {
    throw new DomainError('FORBIDDEN', 'Only an owner does this to an owner.');
  }
  return membership;
}

async function refuseLastOwner(em: EntityManager, id: string): Promise<void> {
  const others = await em.count(Membership, { role: 'OWNER', id: { $ne: id }, disabledAt: null });
  if (others === 0) {
    throw new DomainError('CONFLICT', 'This is the last owner: make somebody else one first.');
  }
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
