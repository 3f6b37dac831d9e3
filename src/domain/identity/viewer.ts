import { DomainError } from '../errors.ts';
import type { ServiceTokenScope } from '../service-token/service-token.entity.ts';
import type { Role } from './membership.entity.ts';

/** Whose rows a transaction may see. */
export interface Tenant {
  organizationId: string;
  /** The only clients that are visible, or null for all of the organization's. */
  clientIds: string[] | null;
}

/** Whom a request acts for, in one organization: a person or a service token. */
export interface Viewer extends Tenant {
  /** Null for a service token. */
  userId: string | null;
  email: string | null;
  /** What may be read; a person may change things by it, too, a service token by its scopes alone. */
  role: Role;
  serviceToken?: ActingToken;
  /** The session that a person asks in. */
  session?: ActingSession;
}

/** A session, as far as its access token tells. */
interface ActingSession {
  id: string;
  /** When the token ends that they came with; the session goes on. */
  tokenEndsAt: Date;
  /** Whether their organization wants a second factor of them before anything else. */
  mustEnrol: boolean;
}

/** The service token that asks, as far as it may know itself. */
export interface ActingToken {
  id: string;
  name: string;
  scopes: ServiceTokenScope[];
  /** Whether it may come in the address of a request. */
  allowsQueryString: boolean;
  expiresAt: Date;
}

const rank: Record<Role, number> = { CLIENT: 0, ANALYST: 1, ADMIN: 2, OWNER: 3 };

/** Whether a viewer's role allows at least what `role` does. */
export function isAtLeast(viewer: Viewer, role: Role): boolean {
  return rank[viewer.role] >= rank[role];
}

/**
 * Whether a viewer may do to others what `role` may: nobody does, whom their organization wants a second factor of
 * first.
 */
export function actsAs(viewer: Viewer, role: Role): boolean {
  return isAtLeast(viewer, role) && !viewer.session?.mustEnrol;
}

/** @throws {DomainError} FORBIDDEN: a service token, which has no sign-in of its own. @returns who asks. */
export function requirePerson<V extends Viewer>(viewer: V): V & { userId: string } {
  if (viewer.userId === null) {
    throw new DomainError('FORBIDDEN', 'No service token can do this: sign in.');
  }
  return viewer as V & { userId: string };
}

/** @throws {DomainError} FORBIDDEN: too low a role; a service token that may not read, which is all its role is for. */
export function requireRole(viewer: Viewer, role: Role): void {
  requireScope(viewer, 'READ');
  if (!isAtLeast(viewer, role)) {
    const own = viewer.serviceToken ? 'the service token reads as' : 'yours is';
    throw new DomainError('FORBIDDEN', `This needs the role ${role}; ${own} ${viewer.role}.`);
  }
}

/** @throws {DomainError} FORBIDDEN: a service token without this scope. People need none, but what their organization wants. */
export function requireScope({ serviceToken, session }: Viewer, scope: ServiceTokenScope): void {
  if (session?.mustEnrol) {
    const message = 'Your organization wants a second factor: enrol one first.';
    throw new DomainError('FORBIDDEN', message);
  }
  if (serviceToken && !serviceToken.scopes.includes(scope)) {
    const scopes = serviceToken.scopes.join(', ');
    throw new DomainError(
      'FORBIDDEN',
      `This needs the scope ${scope}; the service token has ${scopes}.`,
    );
  }
}
