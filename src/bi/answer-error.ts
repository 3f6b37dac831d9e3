import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { DomainError, type ErrorCode, tookTooLong } from '../domain/errors.ts';

/** Told of what went wrong on our side. */
export type LogFailure = (error: unknown, errorId: string) => void;

const statuses: Record<ErrorCode, number> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UPSTREAM_FAILED: 504,
};

/**
 * Answer a request that failed: a domain error in its own words, any other with an id that the log has too.
 * One that is answered in part is broken off, so that what was sent does not pass for the whole.
 */
export function answerError(thrown: unknown, response: Response, logFailure: LogFailure): void {
  const error = thrown instanceof DomainError ? thrown : tookTooLong(thrown);
  const errorId = error ? undefined : randomUUID();
  if (errorId && !isHungUp(response)) logFailure(thrown, errorId);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code = 'INTERNAL_SERVER_ERROR', message = 'Something went wrong on our side.' } =
    error ?? {};
  const fields = error && error.fields.length > 0 ? error.fields : undefined;
  const status = error ? statuses[error.code] : 500;
  response.status(status).set('cache-control', 'no-store').removeHeader('etag');
  if (status === 401) response.set('www-authenticate', 'Bearer');
  if (error?.retryAfter) response.set('retry-after', String(error.retryAfter));
  response.json({ error: { code, message, fields, errorId } });
}

/** Whoever hangs up, or is cut off, makes whatever is done for them fail; a failure of ours closes with an error. */
function isHungUp({ destroyed, errored }: Response): boolean {
  return destroyed && !errored;
}
