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

/**
 * How waits grow where the platform does not say when to come again: each is the one before times a number, or longer by
 * the first one; or there is none.
 */
export const retryStrategies = ['EXPONENTIAL_BACKOFF', 'LINEAR_BACKOFF', 'IMMEDIATE'] as const;
export type RetryStrategy = (typeof retryStrategies)[number];

/** How often, and how ever more slowly, a question is asked again. */
export interface RetrySettings {
  strategy: RetryStrategy;
  /** Times that it is asked again after a failure; being told to come later does not count as one. */
  attempts: number;
  /** What each wait is multiplied by for the next, by EXPONENTIAL_BACKOFF. */
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
const usual: RetrySettings = { strategy: 'EXPONENTIAL_BACKOFF', attempts: 3, multiplier: 2 };
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
  { strategy, attempts, multiplier }: RetrySettings = usual,
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
  const growth = { EXPONENTIAL_BACKOFF: multiplier ** (attempt - 1), LINEAR_BACKOFF: attempt };
  const times = strategy === 'IMMEDIATE' ? 0 : growth[strategy];
  const growing = Math.min(firstWaitMs[kind] * times, longestWaitMs);
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
