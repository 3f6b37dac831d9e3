import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, tookTooLong } from '../domain/errors.ts';

/** Told of what went wrong on our side. */
export type LogFailure = (error: unknown, errorId: string) => void;

/**
 * What a caller is told of an error: a domain error in its own words; of any other an id, which the log has
 * too. Errors of the query itself (its syntax, its variables) are passed on.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logFailure: LogFailure,
): GraphQLFormattedError {
  const thrown = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const cause = tookTooLong(thrown) ?? thrown;
  const { path, locations } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (cause instanceof DomainError) {
    const { code, fields, retryAfter, message } = cause;
    const more = { ...(fields.length > 0 && { fields }), ...(retryAfter && { retryAfter }) };
    return { message, ...place, extensions: { code, ...more } };
  }
  if (cause instanceof GraphQLError && cause.extensions.code !== 'INTERNAL_SERVER_ERROR') {
    return { message: cause.message, ...place, extensions: { code: codeOf(cause) } };
  }
  const errorId = randomUUID();
  logFailure(cause, errorId);
  return {
    message: 'Something went wrong on our side.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}

function codeOf(error: GraphQLError): unknown {
  return error.extensions.code ?? 'BAD_USER_INPUT';
}
