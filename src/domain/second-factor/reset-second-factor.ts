import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError } from '../errors.ts';
import { holdMembership } from '../identity/hold-membership.ts';
import type { Membership } from '../identity/membership.entity.ts';
import { endSessions } from '../session/end-sessions.ts';

/**
 * Help a member who lost their app and their recovery codes: their second factor is gone, and their sessions end.
 * Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (a higher place, somebody of another organization too, which it would
 *   lay bare); BAD_USER_INPUT for oneself, who shows a code instead.
 */
export async function resetSecondFactor(
  em: EntityManager,
  actor: Actor,
  membershipId: string,
): Promise<Membership> {
  const membership = await holdMembership(em, actor, membershipId);
  const { userId } = membership;
  if (userId === actor.userId) throw badInput('Disable your own with a code of it.', 'id');
  const [, another] = await em.execute('select from find_organizations(?)', [userId]);
  if (another) {
    throw new DomainError(
      'FORBIDDEN',
      'They belong to another organization too: ask the operator.',
    );
  }
  const removed = await em.execute<object[]>(
    'delete from second_factors where user_id = ? returning user_id',
    [userId],
  );
  if (removed.length === 0) return membership;
  const entity = { entityType: 'User', entityId: userId };
  recordChange(em, actor, { action: 'RESET_SECOND_FACTOR', ...entity, before: null, after: null });
  await em.flush();
  await endSessions(em, actor, { userId }, 'REVOKED');
  return membership;
}
