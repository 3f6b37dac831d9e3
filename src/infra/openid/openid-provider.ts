import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { createGuardedFetch } from '../guarded-fetch/guarded-fetch.ts';

/** Our place with a provider. */
export interface OpenIdClient {
  /** Address of the provider, such as `https://accounts.google.com`. */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What was begun and is still to be proved; it stays with the browser that began. */
export interface Pending {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom a provider vouches for. */
interface OpenIdIdentity {
  issuer: string;
  /** The provider's own id of them, which never changes hands. */
  subject: string;
  /** Null where the provider has not seen for itself that it is theirs. */
  email: string | null;
}

export interface OpenIdProvider {
  /** @returns where the browser goes, and what it has to come back with. */
  begin(redirectUri: string): Promise<{ address: string; pending: Pending }>;
  /** @param address that the browser came back to. @throws {Error} for an answer that does not fit. */
  finish(address: URL, pending: Pending): Promise<OpenIdIdentity>;
}

const timeoutSeconds = 10;

/**
 * Sign people in with an OpenID provider: authorization code with PKCE, state and nonce, and the signature of id tokens.
 *
 * The provider is looked up when it is first needed, so that we start without it.
 */
export function createOpenIdProvider({
  issuer,
  clientId,
  clientSecret,
}: OpenIdClient): OpenIdProvider {
  // The configuration takes such an address on developers' machines alone.
  const isLocal = issuer.startsWith('http:');
  const { fetch } = createGuardedFetch({
    // What the provider says of itself leads nowhere else; Google has its keys and tokens at the second.
    hosts: [new URL(issuer).host, '*.googleapis.com'],
    schemes: [isLocal ? 'http:' : 'https:'],
    mostBytes: 1_000_000,
    timeoutMs: timeoutSeconds * 1000,
    loopback: isLocal ? ['127.0.0.1', '::1'] : [],
  });
  let known: Promise<Configuration> | undefined;
  const findProvider = () => {
    known ??= discovery(new URL(issuer), clientId, undefined, ClientSecretPost(clientSecret), {
      timeout: timeoutSeconds,
      [customFetch]: (url, options) => fetch(url, options as RequestInit),
      execute: [enableNonRepudiationChecks, ...(isLocal ? [allowInsecureRequests] : [])],
    }).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  return {
    async begin(redirectUri) {
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const address = buildAuthorizationUrl(await findProvider(), {
        redirect_uri: redirectUri,
        scope: 'openid email',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { address: address.href, pending: { state, nonce, verifier } };
    },

    async finish(address, { state, nonce, verifier }) {
      const tokens = await authorizationCodeGrant(await findProvider(), address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('The provider vouches for nobody');
      const { iss, sub, email, email_verified: isVerified } = claims;
      const isTheirs = isVerified === true && typeof email === 'string';
      return { issuer: iss, subject: sub, email: isTheirs ? email : null };
    },
  };
}
