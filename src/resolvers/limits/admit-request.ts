import { HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import type { Request } from 'express';
import { GraphQLError } from 'graphql';
import { DomainError } from '../../domain/errors.ts';
import type { GraphContext } from '../context.ts';
import type { Door } from './open-door.ts';

/** Let an HTTP request in. @throws {GraphQLError} answered 400 or 429. */
export function admitRequest(
  door: Door,
  context: GraphContext,
  request: Pick<Request, 'method' | 'body' | 'url'>,
): Promise<void> {
  return refusing(() => door.admit(context, queryOf(request)));
}

/** Do what may refuse an HTTP request. @throws {GraphQLError} answered 400 or 429. */
export async function refusing<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const http: HTTPGraphQLHead = { status: 400, headers: new HeaderMap() };
    if (error.code === 'RATE_LIMITED') refuseForNow(http, error.retryAfter);
    throw new GraphQLError(error.message, { originalError: error, extensions: { http } });
  }
}

/** Say in an answer's head that it may be tried again, and when. */
export function refuseForNow(http: HTTPGraphQLHead, retryAfter: unknown): void {
  http.status = 429;
  if (retryAfter) http.headers.set('retry-after', String(retryAfter));
}

/** The document of a request; undefined where there is none, which Apollo refuses. */
function queryOf({ method, body, url }: Pick<Request, 'method' | 'body' | 'url'>) {
  const query =
    method === 'GET' ? new URLSearchParams(url.replace(/^[^?]*/, '')).get('query') : body?.query;
  return typeof query === 'string' ? query : undefined;
}
