import { DomainError } from '../errors.ts';
import type { Role } from './membership.entity.ts';

/** Whose rows a transaction may see. */
export interface Tenant {
  organizationId: string;
  /** The only clients that are visible, or null for all of the organization's. */
  clientIds: string[] | null;
}

/** The person a request acts for, in one organization. */
export interface Viewer extends Tenant {
  userId: string;
  email: string;
  role: Role;
}

const rank: Record<Role, number> = { CLIENT: 0, ANALYST: 1, ADMIN: 2, OWNER: 3 };

/** Whether a viewer's role allows at least what `role` does. */
export function isAtLeast(viewer: Viewer, role: Role): boolean {
  return rank[viewer.role] >= rank[role];
}

/** @throws {DomainError} FORBIDDEN. */
export function requireRole(viewer: Viewer, role: Role): void {
  if (!isAtLeast(viewer, role)) {
    throw new DomainError('FORBIDDEN', `This needs the role ${role}; yours is ${viewer.role}.`);
  }
}
