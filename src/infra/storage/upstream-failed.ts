import { DomainError } from '../../domain/errors.ts';

/** What a failed call to an S3 server is told as; what was told already, as that. */
export function upstreamFailed(what: string, error: unknown): DomainError {
  if (error instanceof DomainError && error.code === 'UPSTREAM_FAILED') return error;
  const { name, message } = error as Error;
  const reason = name === 'Error' || name === 'AggregateError' ? message || name : name;
  return new DomainError('UPSTREAM_FAILED', `${what}: ${reason}.`, { cause: error });
}
