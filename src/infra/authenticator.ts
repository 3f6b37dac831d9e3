import type { Logger } from 'pino';
import type { Origin } from '../domain/audit-log/record-change.ts';
import type { AccountEvent, SecurityLog } from '../domain/audit-log/security-log.ts';
import { refuseKeptOut } from '../domain/emergency/refuse-kept-out.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import { DomainError } from '../domain/errors.ts';
import { callerAt } from '../domain/identity/meter.ts';
import {
  chooseMembership,
  type MembershipRow,
  normalizeEmail,
  signIn,
} from '../domain/identity/sign-in.ts';
import type { RateLimiter } from '../domain/rate-limit.ts';
import { proveSecondFactor } from '../domain/second-factor/prove-second-factor.ts';
import { isServiceToken } from '../domain/service-token/token-text.ts';
import { openSession } from '../domain/session/open-session.ts';
import { refreshSession } from '../domain/session/refresh-session.ts';
import {
  generateRefreshToken,
  hashRefreshToken,
  successorOf,
} from '../domain/session/refresh-token.ts';
import type { Session } from '../domain/session/session.entity.ts';
import type { Authenticator } from '../resolvers/graph-services.ts';
import { createAccessTokens, type SigningKey } from './access-tokens.ts';
import { countTries } from './count-tries.ts';
import type { Database } from './database.ts';
import { createPersonFinder } from './find-person.ts';
import { createServiceTokenFinder } from './find-service-token.ts';
import { addLogContext } from './logger.ts';
import type { SessionMember } from './open-as-member.ts';
import { createTicketSealer, isHolder, noTicket, useTicket } from './openid/ticket.ts';

export interface AuthenticatorOptions {
  database: Database;
  cipher: FieldCipher;
  signingKeys: readonly SigningKey[];
  accessTokenMinutes: number;
  /** How long a session stands, however much it is used. */
  sessionDays: number;
  rateLimiter: RateLimiter;
  security: SecurityLog;
  log: Pick<Logger, 'warn'>;
}

/** Whose sign-in failed, as far as it is known: by the email that was given, or by who they turned out to be. */
type Account = Partial<typeof nobody>;
const nobody: Pick<AccountEvent, 'emailIndex' | 'userId'> = { emailIndex: null, userId: null };

/** What failures of which codes are noted as. */
const failures = new Map<string, AccountEvent['event']>([
  ['UNAUTHENTICATED', 'SIGN_IN_FAILED'],
  ['FORBIDDEN', 'SIGN_IN_FAILED'],
  ['RATE_LIMITED', 'LOCKED_OUT'],
]);

/**
 * People sign in to a session: a row, which its access tokens (JWTs that live for minutes) name, and which a refresh
 * token, another one each time, renews. Tokens of machines are random. What either may do is looked up at each
 * request, so that a change takes effect at once.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { database, cipher, rateLimiter, sessionDays, security, log } = options;
  const accessTokens = createAccessTokens(options.signingKeys, options.accessTokenMinutes);
  const people = createPersonFinder(database, cipher, accessTokens);
  const findServiceToken = createServiceTokenFinder(database, log);
  const store = {
    async findCredentials(emailIndex: string) {
      const [row] = await database.call<{ user_id: string; password_hash: string }>(
        'find_credentials',
        emailIndex,
      );
      return row && { userId: row.user_id, passwordHash: row.password_hash };
    },
    async findMemberships(userId: string) {
      const rows = await database.call<Omit<SessionMember, 'must_enrol'>>(
        'find_memberships',
        userId,
      );
      return rows.map((row) => ({
        userId: row.user_id,
        organizationId: row.organization_id,
        role: row.role,
        clientIds: row.client_ids,
        emailCiphertext: row.email_ciphertext,
      }));
    },
  };
  /** Nobody waits for it: the answer takes as long where there is nobody whom it is about. */
  const failed = (account: Account, proof: string | null, origin: Origin) => (error: unknown) => {
    const code = error instanceof DomainError ? error.code : '';
    const wrong = code === 'FORBIDDEN' ? 'KEPT_OUT' : proof;
    const event = wrong && failures.get(code);
    if (event) security.noteOfAccount({ event, ...nobody, ...account, after: { wrong }, origin });
    throw error;
  };
  const open = async (
    membership: MembershipRow,
    origin: Origin,
    refreshToken: string,
    { code, ticketId }: { code?: string | null | undefined; ticketId?: string },
  ) => {
    const { userId, organizationId } = membership;
    const opened = database.withTenant({ organizationId, clientIds: null }, async (em) => {
      await proveSecondFactor(em, { cipher, rateLimiter }, userId, code);
      if (ticketId) await useTicket(em, ticketId).catch(failed({ userId }, 'TICKET', origin));
      await refuseKeptOut(em, userId);
      const actor = { ...membership, email: null, origin };
      return openSession(em, actor, sessionDays, hashRefreshToken(refreshToken));
    });
    // Who has given none is only asked for it.
    return opened.catch(failed({ userId }, code ? 'CODE' : null, origin));
  };
  const letIn = async (session: Session, refreshToken: string) => {
    const { id: sessionId, userId, organizationId, expiresAt: refreshExpiresAt } = session;
    const access = await accessTokens.issue({ userId, organizationId, sessionId });
    // Who may not come in any more is told so here.
    const viewer = await people.authenticate(access.token);
    return { ...access, refreshToken, refreshExpiresAt, viewer };
  };

  const tickets = createTicketSealer(cipher);

  return {
    async signInWithTicket({ ticket: text, secret, code, organizationId }, origin) {
      const { membership, ticketId } = await countTries(
        rateLimiter,
        { address: callerAt(origin.ip) },
        async () => {
          const ticket = tickets.open(text);
          const isTheirs = ticket && isHolder(ticket, secret);
          const memberships = isTheirs ? await store.findMemberships(ticket.userId) : [];
          const found = chooseMembership(memberships, organizationId);
          if (!ticket || !found) {
            return failed({ userId: ticket?.userId ?? null }, 'TICKET', origin)(noTicket());
          }
          return { membership: found, ticketId: ticket.id };
        },
      );
      const refreshToken = generateRefreshToken();
      return letIn(await open(membership, origin, refreshToken, { code, ticketId }), refreshToken);
    },

    async signIn({ email, code, ...credentials }, origin) {
      const emailIndex = cipher.blindIndex(normalizeEmail(email));
      const tried = { emailIndex, address: callerAt(origin.ip) };
      const membership = await countTries(rateLimiter, tried, () =>
        signIn(store, emailIndex, credentials),
      ).catch(failed({ emailIndex }, 'PASSWORD', origin));
      const refreshToken = generateRefreshToken();
      return letIn(await open(membership, origin, refreshToken, { code }), refreshToken);
    },

    async refresh(refreshToken, origin) {
      const [successor, presented] = [
        successorOf(refreshToken, cipher.blindIndex),
        hashRefreshToken(refreshToken),
      ];
      const [known] = await database.call<{ session_id: string; organization_id: string }>(
        'find_refresh_token',
        presented,
      );
      const ended = new DomainError('UNAUTHENTICATED', 'This session has ended; sign in again.');
      if (!known) return failed(nobody, 'REFRESH_TOKEN', origin)(ended);
      const tenant = { organizationId: known.organization_id, clientIds: null };
      const trade = { presented, successor: hashRefreshToken(successor) };
      const session = await database.withTenant(tenant, (em) =>
        refreshSession(em, security, origin, sessionDays, known.session_id, trade),
      );
      if (session.endedAt) throw ended;
      return letIn(session, successor);
    },

    async authenticate(token) {
      if (!isServiceToken(token)) return people.authenticate(token);
      const viewer = await findServiceToken(token);
      const { organizationId, serviceToken } = viewer;
      addLogContext({ organizationId, ...(serviceToken && { serviceTokenId: serviceToken.id }) });
      return viewer;
    },

    openReading: (token) => (isServiceToken(token) ? null : people.openReading(token)),

    async findEnded({ sessionIds, serviceTokenIds }) {
      const rows = await database.call<{ id: string }>('find_ended', sessionIds, serviceTokenIds);
      return rows.map(({ id }) => id);
    },
  };
}
