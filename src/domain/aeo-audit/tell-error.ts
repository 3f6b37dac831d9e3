import { isAtLeast, type Viewer } from '../identity/viewer.ts';
import type { PlatformErrorKind } from './platform-error.ts';

/** What is told to a client, by what an audit or an answer failed for. */
const plainWords: Record<PlatformErrorKind, string> & Record<string, string> = {
  RATE_LIMITED: 'A platform took no more questions at the time.',
  TIMEOUT: 'A platform did not answer in time.',
  AUTHENTICATION: 'A platform could not be asked: its access has to be put in order.',
  UNAVAILABLE: 'A platform was not available.',
  MALFORMED: 'What a platform answered could not be read.',
  REJECTED: 'A platform did not take the question.',
  COST_CAP: 'It was not asked any further: the limit of its cost was reached.',
  CANCELLED: 'It was cancelled.',
  ORPHANED: 'It did not go on, and was ended.',
  NO_QUESTIONS: 'There was no question to ask.',
};
const otherwise = 'Something went wrong.';

/** Why there is no answer: by a code, and in words that may be a platform's own. */
interface Failure {
  errorCode: string | null;
  errorMessage: string | null;
}

/** Why there is no answer, in words: a platform's own are about the agency's account, and for the agency alone. */
export function tellError(viewer: Viewer, { errorCode, errorMessage }: Failure): string | null {
  if (isAtLeast(viewer, 'ANALYST')) return errorMessage;
  return errorCode && tellPlainly(errorCode);
}

/** What a code says, in words that anybody may read. */
export function tellPlainly(errorCode: string): string {
  return plainWords[errorCode] ?? otherwise;
}
