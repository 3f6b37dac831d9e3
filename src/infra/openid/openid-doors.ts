import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { originOf } from '../../domain/audit-log/origin-of.ts';
import type { SecurityLog } from '../../domain/audit-log/security-log.ts';
import type { FieldCipher } from '../../domain/encryption/field-cipher.ts';
import { normalizeEmail } from '../../domain/identity/sign-in.ts';
import { createSealer } from '../../domain/sealed.ts';
import type { Database } from '../database.ts';
import type { OpenIdProvider, Pending } from './openid-provider.ts';
import { createTicketSealer } from './ticket.ts';

export interface OpenIdDoorsOptions {
  provider: OpenIdProvider;
  database: Pick<Database, 'call'>;
  cipher: FieldCipher;
  /** The web application, which the browser ends up in. */
  appUrl: string;
  security: Pick<SecurityLog, 'noteOfAccount'>;
  log: Pick<Logger, 'warn'>;
}

/** Of a base64url SHA-256. */
const challengePattern = /^[\w-]{43}$/;
const cookie = 'mediagraph_openid';
const pendingMs = 10 * 60_000;

/**
 * Doors for browsers that sign in with an OpenID provider.
 *
 * `GET /?challenge=...` leads to the provider, which leads back to `GET /callback`; that leads to the web application, at
 * `/signed-in#ticket=...` or `#error=...`. The ticket trades by `signInWithTicket` for tokens, within a minute, and only
 * together with the secret whose SHA-256 was the challenge: nothing in an address signs anybody in.
 */
export function createOpenIdDoors(options: OpenIdDoorsOptions): Router {
  const { provider, database, cipher, appUrl, security, log } = options;
  const pendings = createSealer<Pending & { challenge: string }>(cipher, 'openid', pendingMs);
  const tickets = createTicketSealer(cipher);
  const end = (response: Response, outcome: Record<string, string>) =>
    response.redirect(303, `${appUrl}/signed-in#${new URLSearchParams(outcome)}`);

  const refuse = (request: Request, response: Response) => {
    const { ip } = request;
    security.noteOfAccount({
      ...{ event: 'SIGN_IN_FAILED', emailIndex: null, userId: null, after: { wrong: 'IDENTITY' } },
      origin: originOf({ ip, userAgent: request.get('user-agent') }, response.locals.requestId),
    });
    end(response, { error: 'UNAUTHENTICATED' });
  };

  const router = express.Router();
  router.use((_request, response, next) => {
    response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    next();
  });

  router.get('/', async (request, response) => {
    const { challenge } = request.query;
    if (typeof challenge !== 'string' || !challengePattern.test(challenge)) {
      const message = 'Give a challenge: the SHA-256 of a secret, in base64url.';
      response.status(400).json({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
      return;
    }
    try {
      const { address, pending } = await provider.begin(addressOf(request, '/callback'));
      response.cookie(cookie, pendings.seal({ ...pending, challenge }), settingsOf(request));
      response.redirect(303, address);
    } catch (err) {
      log.warn({ err }, 'the OpenID provider does not answer');
      end(response, { error: 'UPSTREAM_FAILED' });
    }
  });

  router.get('/callback', async (request, response) => {
    const pending = pendings.open(readCookie(request));
    response.clearCookie(cookie, settingsOf(request));
    if (!pending) return refuse(request, response);
    const { challenge, ...begun } = pending;
    try {
      const query = new URL(request.originalUrl, 'http://localhost').search;
      const address = new URL(`${addressOf(request, '/callback')}${query}`);
      const { issuer, subject, email } = await provider.finish(address, begun);
      const emailIndex = email && cipher.blindIndex(normalizeEmail(email));
      const [user] = await database.call<{ user_id: string }>(
        'find_openid_user',
        ...[issuer, subject, emailIndex],
      );
      if (!user) refuse(request, response);
      else {
        const ticket = tickets.seal({ id: randomUUID(), userId: user.user_id, challenge });
        end(response, { ticket });
      }
    } catch (err) {
      log.warn({ err }, 'a sign-in with the OpenID provider failed');
      refuse(request, response);
    }
  });
  return router;
}

/** Where browsers reach these doors. The provider takes only addresses that it was told of before. */
function addressOf(request: Request, path: string): string {
  return `${request.protocol}://${request.get('host')}${request.baseUrl}${path}`;
}

/** The provider's answer comes from another site, as a navigation: `lax` lets the cookie come with it, and with no other. */
function settingsOf(request: Request) {
  const path = request.baseUrl;
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    maxAge: pendingMs,
    path,
  } as const;
}

function readCookie(request: Request): string {
  const [, value = ''] =
    new RegExp(`(?:^|;\\s*)${cookie}=([^;]+)`).exec(request.get('cookie') ?? '') ?? [];
  return value;
}
