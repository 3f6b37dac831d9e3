import { type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { DomainError } from '../domain/errors.ts';

/** What access tokens are signed with; the id stands in each token. */
export interface SigningKey {
  id: string;
  secret: string;
}

/** Whom an access token is of, and until when it is one. */
interface AccessClaims {
  userId: string;
  organizationId: string;
  sessionId: string;
  expiresAt: Date;
}

export interface AccessTokens {
  issue(claims: Omit<AccessClaims, 'expiresAt'>): Promise<{ token: string; expiresAt: Date }>;
  /** @throws {DomainError} UNAUTHENTICATED. */
  verify(token: string): Promise<AccessClaims>;
}

/** The only form that is taken, whatever a token says of itself. */
const form = { algorithm: 'HS256', issuer: 'mediagraph', audience: 'mediagraph-api' } as const;
const mostRemembered = 1000;

/**
 * Makes and verifies access tokens: JWTs that name a user, an organization and a session, nothing more.
 *
 * Each is verified once while it is remembered: a signature does not change, and checking it costs as much as a
 * small query. Until when it is valid is checked each time.
 *
 * @param keys the first signs, every one verifies.
 */
export function createAccessTokens(keys: readonly SigningKey[], minutes: number): AccessTokens {
  const ring = new Map(keys.map(({ id, secret }) => [id, new TextEncoder().encode(secret)]));
  const [current] = keys;
  const verified = new Map<string, AccessClaims>();

  const keyOf = ({ kid }: JWTHeaderParameters): Uint8Array => {
    const key = ring.get(kid ?? '');
    if (!key) throw new Error('The token is signed with no key of ours');
    return key;
  };
  const read = async (token: string) => {
    const { algorithm, issuer, audience } = form;
    const requiredClaims = ['sub', 'org', 'sid', 'exp'];
    const checks = { algorithms: [algorithm], issuer, audience, requiredClaims };
    try {
      return (await jwtVerify(token, keyOf, checks)).payload;
    } catch (error) {
      const isExpired = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
      const message = isExpired
        ? 'The token has expired; refresh it, or sign in again.'
        : 'The token is not valid.';
      throw new DomainError('UNAUTHENTICATED', message, { cause: error });
    }
  };

  return {
    async issue({ userId, organizationId, sessionId }) {
      if (!current) throw new Error('There is no key to sign access tokens with');
      // Tokens end with a second.
      const expiresAt = new Date(Math.floor(Date.now() / 1000 + minutes * 60) * 1000);
      const token = await new SignJWT({ org: organizationId, sid: sessionId })
        .setProtectedHeader({ alg: form.algorithm, kid: current.id })
        .setSubject(userId)
        .setIssuer(form.issuer)
        .setAudience(form.audience)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(ring.get(current.id) as Uint8Array);
      return { token, expiresAt };
    },

    async verify(token) {
      const known = verified.get(token);
      if (known && known.expiresAt.getTime() > Date.now()) return known;
      verified.delete(token);
      const { sub, org, sid, exp = 0 } = await read(token);
      const claims = {
        userId: String(sub),
        organizationId: String(org),
        sessionId: String(sid),
        expiresAt: new Date(exp * 1000),
      };
      // Dropped all at once: they come back with their next request.
      if (verified.size >= mostRemembered) verified.clear();
      verified.set(token, claims);
      return claims;
    },
  };
}
