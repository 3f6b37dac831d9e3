import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Role } from '../domain/identity/membership.entity.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import {
  type ServiceTokenScope,
  serviceTokenScopes,
} from '../domain/service-token/service-token.entity.ts';
import { permittedOperations } from './permitted-operations.ts';

/** Somebody whom the table says of what they may ask. */
export interface Asker {
  name: string;
  viewer: Viewer;
}

const roles: Role[] = ['CLIENT', 'ANALYST', 'ADMIN', 'OWNER'];
const nobody = { organizationId: '', clientIds: null, email: null };

/** People by their role, and service tokens, which read as administrators at most, by their scopes. */
export const askers: Asker[] = [
  ...roles.map((role) => ({ name: role, viewer: { ...nobody, userId: 'somebody', role } })),
  ...serviceTokenScopes.map((scope) => ({ name: `token: ${scope}`, viewer: tokenWith(scope) })),
];

function tokenWith(scope: ServiceTokenScope): Viewer {
  const serviceToken = {
    ...{ id: 'some', name: 'some', scopes: [scope], allowsQueryString: false },
    expiresAt: new Date('2100-01-01'),
  };
  return { ...nobody, userId: null, role: 'ADMIN', serviceToken };
}

/** What those may ask who are not signed in: it proves who they are, by a password, a token or a mailed link. */
export const openToAll = [
  ...['signIn', 'signInWithTicket', 'refresh', 'requestPasswordReset', 'resetPassword'],
  ...['invitationOffer', 'acceptInvitation'],
];

/** One query or mutation, and the names of the {@link askers} who may ask it. */
export interface Permission {
  kind: 'query' | 'mutation';
  operation: string;
  askers: string[];
}

/** Every query and mutation of the graph, by name, with who may ask it. */
export function permissionTable(schema: GraphQLSchema): Permission[] {
  const permitted = askers.map(({ name, viewer }) => ({
    name,
    operations: new Set(permittedOperations(viewer)),
  }));
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const type = schema.getType(kind === 'query' ? 'Query' : 'Mutation');
    const names = isObjectType(type) ? Object.keys(type.getFields()).toSorted() : [];
    return names.map((operation) => ({
      kind,
      operation,
      askers: permitted
        .filter(({ operations }) => openToAll.includes(operation) || operations.has(operation))
        .map(({ name }) => name),
    }));
  });
}
