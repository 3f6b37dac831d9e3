import { type AuthCheckerFn, Authorized } from 'type-graphql';
import { DomainError } from '../domain/errors.ts';
import type { Role } from '../domain/identity/membership.entity.ts';
import {
  requirePerson,
  requireRole,
  requireScope,
  type Viewer,
} from '../domain/identity/viewer.ts';
import type { ServiceTokenScope } from '../domain/service-token/service-token.entity.ts';
import type { GraphContext } from './context.ts';

/** What a field asks of its viewer. */
export type Requirement =
  | 'PERSON'
  | {
      role: Role;
      /** Lets service tokens call a mutation; they call none without. */
      scope: ServiceTokenScope | undefined;
    };

/**
 * Declare the least role that a field is for. Fields without one are for every member of the organization.
 *
 * @param scope of a mutation that service tokens with this scope may call too.
 */
export function Requires(role: Role, scope?: ServiceTokenScope): MethodDecorator {
  return Authorized<Requirement>({ role, scope });
}

/** Declare a field to be about the viewer's own way in: for every person, whatever their role, and for no machine. */
export function RequiresPerson(): MethodDecorator {
  return Authorized<Requirement>('PERSON');
}

/** @throws {DomainError} UNAUTHENTICATED, FORBIDDEN. */
export const authorize: AuthCheckerFn<GraphContext, Requirement> = async (
  { context, info },
  requirements,
) => {
  const viewer = await context.viewer();
  const isMutation = info.parentType === info.schema.getMutationType();
  for (const each of requirements) checkRequirement(viewer, each, isMutation);
  return true;
};

/** @throws {DomainError} FORBIDDEN. */
export function checkRequirement(
  viewer: Viewer,
  requirement: Requirement,
  isMutation: boolean,
): void {
  if (requirement === 'PERSON') requirePerson(viewer);
  else if (isMutation && viewer.serviceToken) requireScopeToChange(viewer, requirement.scope);
  else requireRole(viewer, requirement.role);
}

/** A service token changes only what its scopes name, whatever the role that it reads with may change. */
function requireScopeToChange(viewer: Viewer, scope: ServiceTokenScope | undefined): void {
  if (!scope) throw new DomainError('FORBIDDEN', 'No service token can do this: sign in.');
  requireScope(viewer, scope);
}
