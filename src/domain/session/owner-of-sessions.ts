import type { EntityManager } from '@mikro-orm/postgresql';
import { found } from '../errors.ts';
import { Membership } from '../identity/membership.entity.ts';
import { actsAs, type Viewer } from '../identity/viewer.ts';

/**
 * The user whose sessions are meant: oneself where nobody is named.
 *
 * @throws {DomainError} NOT_FOUND for a membership that is not there, or another's where one is no admin.
 */
export async function ownerOfSessions(
  em: EntityManager,
  viewer: Viewer & { userId: string },
  membershipId: string | null,
): Promise<string> {
  if (membershipId === null) return viewer.userId;
  const membership = await em.findOne(Membership, membershipId);
  const isTheirs = membership?.userId === viewer.userId || actsAs(viewer, 'ADMIN');
  return found(isTheirs ? membership : null, 'membership').userId;
}
