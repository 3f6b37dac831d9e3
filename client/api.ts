import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { createClient } from 'graphql-ws';
import ky from 'ky';
import WebSocket from 'ws';
import { SignInDocument } from './operations.ts';

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
 * @param token access token; without one, only signing in is possible.
 */
export function createApi(url: string, token?: string): Api {
  const authorization = token && `Bearer ${token}`;
  const endpoint = `${url}/graphql`;
  return {
    async request(document, variables) {
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
      const client = createClient({
        url: endpoint.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: authorization ? { authorization } : {},
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
    },
  };
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

/** Sign in, and call the API as that user. @throws {ApiError} UNAUTHENTICATED. */
export async function signInTo(url: string, email: string, password: string): Promise<Api> {
  const { signIn } = await createApi(url).request(SignInDocument, { input: { email, password } });
  return createApi(url, signIn.token);
}

function unwrap<T>(result: { data?: T | null; errors?: readonly GraphQLFormattedError[] }): T {
  if (result.errors || !result.data) throw new ApiError(result.errors ?? []);
  return result.data;
}
