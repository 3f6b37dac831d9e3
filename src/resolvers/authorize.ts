import { type AuthCheckerFn, Authorized } from 'type-graphql';
import type { Role } from '../domain/identity/membership.entity.ts';
import { requireRole } from '../domain/identity/viewer.ts';
import type { GraphContext } from './context.ts';

/** Declare the least role that a field is for. Fields without one are for every member of the organization. */
export function Requires(role: Role): MethodDecorator {
  return Authorized(role);
}

/** @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
export const authorize: AuthCheckerFn<GraphContext, Role> = async ({ context }, roles) => {
  const viewer = await context.viewer();
  for (const role of roles) requireRole(viewer, role);
  return true;
};
