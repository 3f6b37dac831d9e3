import type { RateNews } from '../../domain/aeo-audit/answer-platform.ts';
import { PlatformError, type PlatformErrorKind } from '../../domain/aeo-audit/platform-error.ts';
import type { FailedResponse } from './answer-source.ts';
import { readRetryAfter, untilRefill } from './rate-headers.ts';

/** What a vendor's body says, where its status says too little. */
interface Said {
  kind?: PlatformErrorKind | undefined;
  code: string | null;
  /** Its words, which are told of what it rejects alone: of a key they may say too much. */
  message: string | null;
  rate: RateNews | null;
  retryAfterMs?: number | null;
}

/** What a response that is no answer means: by its status, unless its body knows better. */
export function failureOf(
  { status, headers }: FailedResponse,
  now: Date,
  { kind = kindOf(status), code, message, rate, retryAfterMs = null }: Said,
): PlatformError {
  const said = kind === 'REJECTED' && message ? `: ${message.slice(0, 300)}` : '';
  return new PlatformError(kind, `${meanings[kind]} (${status}${code ? `, ${code}` : ''})${said}`, {
    code,
    rate,
    retryAfterMs: readRetryAfter(headers, now) ?? retryAfterMs ?? untilRefill(rate, now),
  });
}

const meanings: Record<PlatformErrorKind, string> = {
  RATE_LIMITED: 'was asked too often',
  TIMEOUT: 'did not answer in time',
  AUTHENTICATION: 'does not take the key',
  UNAVAILABLE: 'failed',
  MALFORMED: 'gave an answer that cannot be used',
  REJECTED: 'does not take the question',
};

function kindOf(status: number): PlatformErrorKind {
  // 402: the account has to be paid for.
  if (status === 401 || status === 402 || status === 403) return 'AUTHENTICATION';
  if (status === 408 || status === 504) return 'TIMEOUT';
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500) return 'UNAVAILABLE';
  return status >= 400 ? 'REJECTED' : 'MALFORMED';
}
