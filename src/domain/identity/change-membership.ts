import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { requireMayGrant } from './authority.ts';
import { bindClients } from './bind-clients.ts';
import { holdMembership, keepAnOwner } from './hold-membership.ts';
import type { Membership, Role } from './membership.entity.ts';
import { revokeInvitationsBy } from './revoke-invitation.ts';
import { isAtLeast } from './viewer.ts';

export interface MembershipChanges {
  role?: Role | null;
  /** The clients that a CLIENT sees, instead of those so far. */
  clientIds?: string[] | null;
}

/**
 * Change a member's role or, of a CLIENT, the clients; what is null or left out stays. It takes effect at once.
 *
 * @throws {DomainError} NOT_FOUND (membership, client); FORBIDDEN (a higher place, a role above one's own);
 *   BAD_USER_INPUT (clients); CONFLICT for the last owner.
 */
export async function changeMembership(
  em: EntityManager,
  actor: Actor,
  id: string,
  changes: MembershipChanges,
): Promise<Membership> {
  const membership = await holdMembership(em, actor, id);
  const role = changes.role ?? membership.role;
  requireMayGrant(actor, role);
  const stays = role === 'CLIENT' ? (membership.clientIds ?? []) : [];
  const clientIds = await bindClients(em, role, changes.clientIds ?? stays);
  const before = { role: membership.role, clientIds: membership.clientIds };
  const after = { role, clientIds };
  if (JSON.stringify(before) === JSON.stringify(after)) return membership;
  if (role !== 'OWNER') await keepAnOwner(em, membership);
  Object.assign(membership, after);
  const entity = { entityType: 'Membership', entityId: id };
  recordChange(em, actor, { action: 'UPDATE', ...entity, before, after });
  await em.flush();
  if (!isAtLeast({ ...actor, role }, before.role)) {
    await revokeInvitationsBy(em, actor, membership.userId);
  }
  return membership;
}
