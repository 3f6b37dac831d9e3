import { type AuthCheckerFn, Authorized } from 'type-graphql';
import { DomainError } from '../domain/errors.ts';
import type { Role } from '../domain/identity/membership.entity.ts';
import { requireRole, requireScope, type Viewer } from '../domain/identity/viewer.ts';
import type { ServiceTokenScope } from '../domain/service-token/service-token.entity.ts';
import type { GraphContext } from './context.ts';

interface Requirement {
  role: Role;
  /** Lets service tokens call a mutation; they call none without. */
  scope: ServiceTokenScope | undefined;
}

/**
 * Declare the least role that a field is for. Fields without one are for every member of the organization.
 *
 * @param scope of a mutation that service tokens with this scope may call too.
 */
export function Requires(role: Role, scope?: ServiceTokenScope): MethodDecorator {
  return Authorized<Requirement>({ role, scope });
}

/** @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
export const authorize: AuthCheckerFn<GraphContext, Requirement> = async (
  { context, info },
  requirements,
) => {
  const viewer = await context.viewer();
  const isMutation = info.parentType === info.schema.getMutationType();
  for (const { role, scope } of requirements) {
    if (isMutation && viewer.serviceToken) requireScopeToChange(viewer, scope);
    else requireRole(viewer, role);
  }
  return true;
};

/** A service token changes only what its scopes name, whatever the role that it reads with may change. */
function requireScopeToChange(viewer: Viewer, scope: ServiceTokenScope | undefined): void {
  if (!scope) throw new DomainError('FORBIDDEN', 'No service token can do this: sign in.');
  requireScope(viewer, scope);
}
