import type { PlatformErrorKind } from './platform-error.ts';

/** What to do about a question that came to nothing. */
export interface Retry {
  /** After how long to ask again; null: never. */
  waitMs: number | null;
  /** Whether the credential's other questions are to wait as long: the platform told all of them. */
  holdsOff: boolean;
  /** What it counts against: the breaker of the credential, the credential itself, or neither. */
  blames: 'BREAKER' | 'CREDENTIAL' | null;
}

/** How often, and how ever more slowly, a question is asked again. */
export interface RetrySettings {
  /** Times that it is asked again after a failure; being told to come later does not count as one. */
  attempts: number;
  /** What each wait is multiplied by for the next. */
  multiplier: number;
}

const firstWaitMs: Record<PlatformErrorKind, number> = {
  RATE_LIMITED: 1_000,
  TIMEOUT: 2_000,
  UNAVAILABLE: 2_000,
  MALFORMED: 1_000,
  AUTHENTICATION: 0,
  REJECTED: 0,
};
const longestWaitMs = 60_000;
/** A platform that goes on saying so has less to give than is asked of it. */
const mostRefusals = 20;
/** Waits are longer by up to this share: those who failed together do not come back together. */
const jitter = 0.25;

/**
 * What to do by class of failure.
 *
 * RATE_LIMITED: as late as the platform says, or ever later. TIMEOUT and UNAVAILABLE: ever later, and the breaker
 * counts them. MALFORMED: once more, for the same is likely to come. AUTHENTICATION and REJECTED: never; the first is
 * the credential's fault.
 *
 * @param attempt failures of this kind so far, this one included.
 * @param random from 0 to 1.
 */
export function describeRetry(
  kind: PlatformErrorKind,
  attempt: number,
  retryAfterMs: number | null,
  { attempts, multiplier }: RetrySettings = { attempts: 3, multiplier: 2 },
  random: () => number = Math.random,
): Retry {
  const most = {
    RATE_LIMITED: mostRefusals,
    TIMEOUT: attempts,
    UNAVAILABLE: attempts,
    MALFORMED: Math.min(attempts, 1),
    AUTHENTICATION: 0,
    REJECTED: 0,
  }[kind];
  const growing = Math.min(firstWaitMs[kind] * multiplier ** (attempt - 1), longestWaitMs);
  const waitMs = Math.ceil(Math.max(growing, retryAfterMs ?? 0) * (1 + jitter * random()));
  return {
    waitMs: attempt <= most ? waitMs : null,
    holdsOff: kind === 'RATE_LIMITED',
    blames:
      kind === 'AUTHENTICATION'
        ? 'CREDENTIAL'
        : kind === 'TIMEOUT' || kind === 'UNAVAILABLE'
          ? 'BREAKER'
          : null,
  };
}
