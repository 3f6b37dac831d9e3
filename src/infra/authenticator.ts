import { SignJWT } from 'jose';
import type { Logger } from 'pino';
import { DomainError } from '../domain/errors.ts';
import {
  type MembershipRow,
  normalizeEmail,
  signIn,
  signInLimits,
} from '../domain/identity/sign-in.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import type { RateLimiter } from '../domain/rate-limit.ts';
import { isServiceToken } from '../domain/service-token/token-text.ts';
import type { Authenticator } from '../resolvers/context.ts';
import type { FieldCipher } from './crypto.ts';
import type { Database } from './database.ts';
import { createServiceTokenFinder } from './find-service-token.ts';
import { addLogContext } from './logger.ts';
import { type FoundMembership, toMembership } from './open-as-member.ts';
import { createTokenVerifier, tokenForm } from './verify-token.ts';

export interface AuthenticatorOptions {
  database: Database;
  cipher: FieldCipher;
  jwtSecret: string;
  accessTokenMinutes: number;
  rateLimiter: RateLimiter;
  log: Pick<Logger, 'warn'>;
}

/**
 * Access tokens of people are JWTs that name a user and an organization, nothing more; those of machines are random.
 * What either may do is looked up at each request, so that a change takes effect at once.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { database, cipher, rateLimiter, log } = options;
  const secret = new TextEncoder().encode(options.jwtSecret);
  const verify = createTokenVerifier(secret);
  const toViewer = (membership: MembershipRow): Viewer => ({
    userId: membership.userId,
    organizationId: membership.organizationId,
    role: membership.role,
    clientIds: membership.clientIds,
    // Few ask for it.
    get email() {
      return cipher.decrypt(membership.emailCiphertext);
    },
  });
  const store = {
    async findCredentials(emailIndex: string) {
      const [row] = await database.call<{ user_id: string; password_hash: string }>(
        'find_credentials',
        emailIndex,
      );
      return row && { userId: row.user_id, passwordHash: row.password_hash };
    },
    findMemberships: (userId: string) => findMemberships(database, userId),
  };
  const findServiceToken = createServiceTokenFinder(database, log);
  const toMember = (membership: MembershipRow | undefined): Viewer => {
    if (!membership) throw new DomainError('UNAUTHENTICATED', 'This access has ended.');
    addLogContext({ organizationId: membership.organizationId });
    return toViewer(membership);
  };
  const findPerson = async (token: string): Promise<Viewer> => {
    const claims = await verify(token);
    const memberships = await findMemberships(database, claims.userId);
    return toMember(memberships.find((each) => each.organizationId === claims.organizationId));
  };

  return {
    async signIn(email, password, ip) {
      const emailIndex = cipher.blindIndex(normalizeEmail(email));
      const address = ip ?? 'unknown';
      // The address first: one that is refused must not count against an email.
      const limits = [
        [signInLimits.perAddress, address],
        [signInLimits.perPair, `${emailIndex} ${address}`],
        [signInLimits.perEmail, emailIndex],
      ] as const;
      for (const [limit, key] of limits) await rateLimiter.consume(limit, key);
      const giveBack = () =>
        Promise.all(limits.map(([limit, key]) => rateLimiter.giveBack(limit, key)));
      const membership = await signIn(store, emailIndex, password).catch(async (error) => {
        // What fails on our side is no wrong password.
        if (!(error instanceof DomainError)) await giveBack();
        throw error;
      });
      await giveBack();
      const viewer = toViewer(membership);
      const expiresAt = new Date(Date.now() + options.accessTokenMinutes * 60_000);
      const token = await new SignJWT({ org: viewer.organizationId })
        .setProtectedHeader({ alg: tokenForm.algorithm })
        .setSubject(membership.userId)
        .setIssuer(tokenForm.issuer)
        .setAudience(tokenForm.audience)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(secret);
      return { token, expiresAt, viewer };
    },

    async authenticate(token) {
      if (!isServiceToken(token)) return findPerson(token);
      const viewer = await findServiceToken(token);
      addLogContext({ organizationId: viewer.organizationId });
      return viewer;
    },

    openReading(token) {
      const { beginReadAs } = database;
      if (!beginReadAs || isServiceToken(token)) return null;
      return verify(token).then(async (claims) => {
        const { opened, ...reading } = await beginReadAs(claims, toMember);
        return { reading, viewer: opened };
      });
    },
  };
}

async function findMemberships(database: Database, userId: string): Promise<MembershipRow[]> {
  const rows = await database.call<FoundMembership>('find_memberships', userId);
  return rows.map(toMembership);
}
