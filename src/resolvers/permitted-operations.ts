import { getMetadataStorage } from 'type-graphql';
import { requireScope, type Viewer } from '../domain/identity/viewer.ts';
import { checkRequirement, type Requirement } from './authorize.ts';

/** Queries that read nothing of the organization's; all others do. */
const ofOneself = new Set(['viewer', 'invitationOffer']);

/** The queries and mutations that a viewer may ask, by what each of them declares; in the order of the alphabet. */
export function permittedOperations(viewer: Viewer): string[] {
  const { queries, mutations } = getMetadataStorage();
  return [
    ...queries.filter(({ schemaName, roles }) =>
      passes(() => {
        if (!ofOneself.has(schemaName)) requireScope(viewer, 'READ');
        for (const each of asked(roles)) checkRequirement(viewer, each, false);
      }),
    ),
    ...mutations.filter(({ roles }) =>
      passes(() => {
        for (const each of asked(roles)) checkRequirement(viewer, each, true);
      }),
    ),
  ]
    .map(({ schemaName }) => schemaName)
    .toSorted();
}

function asked(roles: Requirement[] | undefined): Requirement[] {
  return roles ?? [];
}

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
