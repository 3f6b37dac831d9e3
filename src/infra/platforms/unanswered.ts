import { PlatformError } from '../../domain/report/report-platform.ts';
import { RequestRefused } from '../guarded-fetch/outgoing-policy.ts';

/** What a call that failed without an answer means: only time can be another try's remedy. */
export function unanswered(label: string, error: unknown): PlatformError {
  if (error instanceof RequestRefused && error.reason !== 'TIME') {
    const message = `What ${label} says to fetch is refused (${error.reason})`;
    return new PlatformError('REJECTED', message);
  }
  // The failure itself may know the request, and its headers: of it the code alone is told.
  const why = error instanceof RequestRefused ? 'in time' : (codeOf(error) ?? '');
  return new PlatformError('UNANSWERED', `${label} did not answer ${why && `(${why})`}`.trim());
}

/** The system's word for a failure, however deep in it it lies. */
export function codeOf(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
  }
  return null;
}
