import { DomainError } from '../errors.ts';
import type { Membership, Role } from './membership.entity.ts';
import { isAtLeast, type Viewer } from './viewer.ts';

/**
 * Refuse what only somebody of a higher place may do to a member: an owner may do it to everybody, an administrator
 * to analysts and clients, and everybody to themselves.
 *
 * Source: seed 001, 5.5.1: nobody resets the password of another administrator.
 * @throws {DomainError} FORBIDDEN.
 */
export function requireAuthorityOver(
  actor: Viewer,
  member: Pick<Membership, 'role' | 'userId'>,
): void {
  const isOwn = member.userId === actor.userId;
  const isAdministrator = member.role === 'ADMIN' || member.role === 'OWNER';
  if (isOwn || actor.role === 'OWNER' || !isAdministrator) return;
  throw new DomainError('FORBIDDEN', 'Only an owner can do this to an administrator or an owner.');
}

/** Refuse to give a role above one's own. @throws {DomainError} FORBIDDEN. */
export function requireMayGrant(actor: Viewer, role: Role): void {
  if (isAtLeast(actor, role)) return;
  throw new DomainError(
    'FORBIDDEN',
    `Your role is ${actor.role}; you cannot give the role ${role}.`,
  );
}
