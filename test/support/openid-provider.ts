import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Who is signed in at the provider, and what it says wrongly. */
interface ProviderUser {
  sub: string;
  email: string;
  email_verified?: boolean;
  /** Claims of the id token instead of the right ones. */
  wrong?: Record<string, unknown>;
  /** Whether the id token is signed by somebody else. */
  isForged?: boolean;
}

interface Asked {
  redirectUri: string;
  challenge: string;
  nonce: string;
  user: ProviderUser;
}

/**
 * An OpenID provider in miniature: discovery, authorization with PKCE, tokens for a client's secret, keys.
 *
 * Whoever asks for authorization is `user`, and consents.
 */
export async function startOpenIdProvider(client: { id: string; secret: string }) {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, Asked>();
  const http = createServer();
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = {
    issuer,
    user: { sub: '', email: '' } as ProviderUser,
    stop: () => {
      http.closeAllConnections();
      http.close();
    },
  };

  const authorize = (asked: URLSearchParams): string => {
    const value = (name: string) => asked.get(name) ?? '';
    const isWellAsked =
      value('client_id') === client.id &&
      value('response_type') === 'code' &&
      value('scope').split(' ').includes('openid') &&
      value('code_challenge_method') === 'S256';
    const back = new URL(value('redirect_uri'));
    back.searchParams.set('state', value('state'));
    if (!isWellAsked) back.searchParams.set('error', 'invalid_request');
    else {
      const code = randomUUID();
      const [challenge, nonce] = [value('code_challenge'), value('nonce')];
      codes.set(code, {
        redirectUri: value('redirect_uri'),
        challenge,
        nonce,
        user: provider.user,
      });
      back.searchParams.set('code', code);
    }
    return back.href;
  };

  const trade = async (request: IncomingMessage): Promise<[number, object]> => {
    const given = new URLSearchParams(await text(request));
    const code = given.get('code') ?? '';
    const asked = codes.get(code);
    codes.delete(code);
    const proof = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient =
      given.get('client_id') === client.id && given.get('client_secret') === client.secret;
    if (!isClient) return [401, { error: 'invalid_client' }];
    if (asked?.redirectUri !== given.get('redirect_uri') || asked?.challenge !== proof) {
      return [400, { error: 'invalid_grant' }];
    }
    const { sub, email, email_verified = true, wrong = {}, isForged } = asked.user;
    const { nonce } = asked;
    const idToken = await new SignJWT({ email, email_verified, nonce, ...wrong })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .setSubject(sub)
      .setIssuer(String(wrong.iss ?? issuer))
      .setAudience(String(wrong.aud ?? client.id))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(isForged ? foreign.privateKey : own.privateKey);
    return [200, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken }];
  };

  http.on('request', async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration') {
      answer(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    } else if (pathname === '/authorize') {
      response.writeHead(302, { location: authorize(searchParams) }).end();
    } else if (pathname === '/token') answer(...(await trade(request)));
    else if (pathname === '/keys') answer(200, { keys: [jwk] });
    else answer(404, {});
  });
  return provider;
}
