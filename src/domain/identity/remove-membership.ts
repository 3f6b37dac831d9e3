import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError } from '../errors.ts';
import { endSessions } from '../session/end-sessions.ts';
import { holdMembership, keepAnOwner } from './hold-membership.ts';
import { revokeInvitationsBy } from './revoke-invitation.ts';

/**
 * Take a member out of the organization, at once; what they did stays theirs. Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (a higher place); CONFLICT for the last owner.
 */
export async function removeMembership(em: EntityManager, actor: Actor, id: string): Promise<void> {
  const membership = await holdMembership(em, actor, id).catch(async (error) => {
    if (error instanceof DomainError && error.code === 'NOT_FOUND' && (await wasRemoved(em, id)))
      return null;
    throw error;
  });
  if (!membership) return;
  await keepAnOwner(em, membership);
  const { userId, role, clientIds } = membership;
  const entity = { entityType: 'Membership', entityId: id };
  const before = { userId, role, clientIds };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before, after: null });
  em.remove(membership);
  await em.flush();
  await revokeInvitationsBy(em, actor, userId);
  // Or they would stand again once the user is invited anew.
  await endSessions(em, actor, { userId }, 'REVOKED');
}

async function wasRemoved(em: EntityManager, id: string): Promise<boolean> {
  const [row] = await em.execute(
    `select from audit_log
     where organization_id = app_organization() and entity_type = 'Membership' and entity_id = ?
       and action = 'REMOVE' limit 1`,
    [id],
  );
  return row !== undefined;
}
