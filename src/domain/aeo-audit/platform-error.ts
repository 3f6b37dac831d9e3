import type { RateNews } from './answer-platform.ts';

/**
 * Why a platform gave no answer.
 *
 * RATE_LIMITED: it was asked too often. TIMEOUT: it said nothing in time. AUTHENTICATION: it does not take the key,
 * or the account behind it has no credit left. UNAVAILABLE: it failed, or could not be reached. MALFORMED: what it
 * said cannot be used, for its form, its size or its emptiness. REJECTED: it does not take the question, as for a
 * model that it does not have.
 */
export const platformErrorKinds = [
  'RATE_LIMITED',
  'TIMEOUT',
  'AUTHENTICATION',
  'UNAVAILABLE',
  'MALFORMED',
  'REJECTED',
] as const;

export type PlatformErrorKind = (typeof platformErrorKinds)[number];

interface PlatformErrorDetails {
  /** The platform's own word for it. */
  code?: string | null;
  /** After how long it may be asked again, where it says so. */
  retryAfterMs?: number | null;
  requestId?: string | null;
  rate?: RateNews | null;
}

/** A question that came to nothing; its message is for people, and holds no secret. */
export class PlatformError extends Error implements Required<PlatformErrorDetails> {
  readonly kind: PlatformErrorKind;
  readonly code: string | null;
  readonly retryAfterMs: number | null;
  readonly requestId: string | null;
  readonly rate: RateNews | null;

  constructor(
    kind: PlatformErrorKind,
    message: string,
    { code = null, retryAfterMs = null, requestId = null, rate = null }: PlatformErrorDetails = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.requestId = requestId;
    this.rate = rate;
  }
}
