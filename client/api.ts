import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { createClient } from 'graphql-ws';
import ky from 'ky';
import WebSocket from 'ws';
import { RefreshDocument, SignInDocument, type TokensFragment } from './operations.ts';

/** The API as a caller sees it. */
export interface Api {
  /** @throws {ApiError} what the API says is wrong. */
  request<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<Result>;
  /** Results as they come, until the subscription ends. @throws {ApiError} */
  subscribe<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): AsyncIterable<Result>;
}

/** What the API answered instead of a result. */
export class ApiError extends Error {
  readonly errors: readonly GraphQLFormattedError[];
  /** `extensions.code` of the first error. */
  readonly code: unknown;

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors.map((error) => error.message).join('; '));
    this.errors = errors;
    this.code = errors[0]?.extensions?.code;
  }
}

/**
 * Call the API at an address.
 *
 * @param url address of the server, without the path of the graph.
 * @param token access token, or what gives one that is valid by then; without one, only signing in is possible.
 */
export function createApi(url: string, token?: string | (() => Promise<string>)): Api {
  const findToken = async () => (typeof token === 'function' ? token() : token);
  const endpoint = `${url}/graphql`;
  return {
    async request(document, variables) {
      const given = await findToken();
      const authorization = given && `Bearer ${given}`;
      const response = await ky.post(endpoint, {
        json: { query: print(document), variables },
        headers: authorization ? { authorization } : {},
        throwHttpErrors: false,
        retry: 0,
        timeout: 60_000,
      });
      return unwrap(await response.json());
    },

    async *subscribe(document, variables) {
      for (;;) {
        let isLetIn = false;
        try {
          for await (const result of listen(endpoint, findToken, document, variables)) {
            isLetIn = true;
            yield result;
          }
          return;
        } catch (error) {
          // A subscription ends with its token; the next one begins with the state of then.
          const hasEnded = error instanceof ApiError && error.code === 'UNAUTHENTICATED';
          if (!hasEnded || !isLetIn || typeof token !== 'function') throw error;
        }
      }
    },
  };
}

async function* listen<Result, Variables extends object>(
  endpoint: string,
  findToken: () => Promise<string | undefined>,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): AsyncIterable<Result> {
  const token = await findToken();
  const client = createClient({
    url: endpoint.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  });
  try {
    const query = {
      query: print(document),
      variables: { ...variables } as Record<string, unknown>,
    };
    for await (const result of client.iterate(query)) yield unwrap(result as never);
  } catch (error) {
    if (Array.isArray(error)) throw new ApiError(error as GraphQLFormattedError[]);
    throw refusalOf(error) ?? error;
  } finally {
    await client.dispose();
  }
}

/** Codes that a WebSocket is closed with when it is not let in, and what they stand for. */
const refusals = new Map([
  [4403, 'UNAUTHENTICATED'],
  [1013, 'RATE_LIMITED'],
]);

function refusalOf(error: unknown): ApiError | undefined {
  const { code = 0, reason = '' } = error as { code?: number; reason?: string };
  const meaning = refusals.get(code);
  return meaning ? new ApiError([{ message: reason, extensions: { code: meaning } }]) : undefined;
}

/** An access token that ends sooner than this is refreshed before it is used. */
const marginMs = 30_000;

/**
 * Sign in, and call the API as that user for as long as the session stands: tokens are refreshed on the way.
 *
 * @throws {ApiError} UNAUTHENTICATED.
 */
export async function signInTo(url: string, email: string, password: string): Promise<Api> {
  const api = createApi(url);
  const { signIn } = await api.request(SignInDocument, { input: { email, password } });
  let tokens: Promise<TokensFragment> = Promise.resolve(signIn);
  const refresh = async ({ refreshToken }: TokensFragment) =>
    (await api.request(RefreshDocument, { input: { refreshToken } })).refresh;
  return createApi(url, async () => {
    const current = tokens;
    const { expiresAt, token } = await current;
    if (Date.parse(expiresAt) - Date.now() > marginMs) return token;
    // What is asked for at once waits for the same answer; after a failure, the same token is tried again.
    if (tokens === current) {
      tokens = current.then(refresh);
      tokens.catch(() => {
        tokens = current;
      });
    }
    return (await tokens).token;
  });
}

function unwrap<T>(result: { data?: T | null; errors?: readonly GraphQLFormattedError[] }): T {
  if (result.errors || !result.data) throw new ApiError(result.errors ?? []);
  return result.data;
}
