import type { Request } from 'express';
import { DomainError } from '../domain/errors.ts';
import { bearer } from '../domain/identity/bearer.ts';
import { requireScope, type Viewer } from '../domain/identity/viewer.ts';
import type { ServiceTokenScope } from '../domain/service-token/service-token.entity.ts';
import { isServiceToken } from '../domain/service-token/token-text.ts';
import type { Authenticator } from '../resolvers/graph-services.ts';

/**
 * Whom a request to one of the plain HTTP doors acts for: by its `Authorization` header or else, for tools that can
 * send none, by the parameter `token` of its address. Addresses end up in logs and histories, so that only
 * service tokens that allow it are taken from there.
 *
 * @param known told who it is, before it is found out whether they may.
 * @throws {DomainError} UNAUTHENTICATED; FORBIDDEN for a service token without the scope.
 */
export async function authenticateRequest(
  authenticator: Pick<Authenticator, 'authenticate'>,
  request: Pick<Request, 'get' | 'query'>,
  scope: ServiceTokenScope,
  known: (viewer: Viewer) => void = () => undefined,
): Promise<Viewer> {
  const header = bearer(request.get('authorization'));
  const viewer = header
    ? await authenticator.authenticate(header)
    : await authenticateAddress(authenticator, request.query.token);
  known(viewer);
  requireScope(viewer, scope);
  return viewer;
}

async function authenticateAddress(
  { authenticate }: Pick<Authenticator, 'authenticate'>,
  token: unknown,
): Promise<Viewer> {
  if (token === undefined) {
    const message = 'Send a token: `Authorization: Bearer ...`.';
    throw new DomainError('UNAUTHENTICATED', message);
  }
  const viewer =
    typeof token === 'string' && isServiceToken(token) ? await authenticate(token) : undefined;
  if (!viewer?.serviceToken?.allowsQueryString) {
    const message = 'Only a service token that allows it is taken from the address.';
    throw new DomainError('UNAUTHENTICATED', message);
  }
  return viewer;
}
