import { jwtVerify } from 'jose';
import { DomainError } from '../domain/errors.ts';

/** What our access tokens are signed with, and whom they say that they are of and for. */
export const tokenForm = {
  algorithm: 'HS256',
  issuer: 'mediagraph',
  audience: 'mediagraph-api',
} as const;

/** Whom an access token is of. */
export interface TokenClaims {
  userId: string;
  organizationId: string;
}

const mostRemembered = 1000;

/**
 * Verifies access tokens, each once while it is remembered: a signature does not change, and checking it costs
 * as much as a small query. Until when it is valid is checked each time.
 */
export function createTokenVerifier(secret: Uint8Array): (token: string) => Promise<TokenClaims> {
  const verified = new Map<string, TokenClaims & { expiresAt: number }>();
  return async (token) => {
    const known = verified.get(token);
    if (known && known.expiresAt > Date.now()) return known;
    verified.delete(token);
    const { sub, org, exp = 0 } = await verify(token, secret);
    const claims = { userId: String(sub), organizationId: String(org), expiresAt: exp * 1000 };
    // Dropped all at once: they come back with their next request.
    if (verified.size >= mostRemembered) verified.clear();
    verified.set(token, claims);
    return claims;
  };
}

async function verify(token: string, secret: Uint8Array) {
  const { algorithm, issuer, audience } = tokenForm;
  try {
    const checks = { algorithms: [algorithm], issuer, audience };
    return (await jwtVerify(token, secret, checks)).payload;
  } catch (error) {
    const isExpired = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
    const message = isExpired ? 'The token has expired; sign in again.' : 'The token is not valid.';
    throw new DomainError('UNAUTHENTICATED', message, { cause: error });
  }
}
