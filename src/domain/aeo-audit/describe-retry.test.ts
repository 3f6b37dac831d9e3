import { describeRetry, type RetryStrategy } from './describe-retry.ts';
import { type PlatformErrorKind, platformErrorKinds } from './platform-error.ts';

const settings = { strategy: 'EXPONENTIAL_BACKOFF', attempts: 3, multiplier: 2 } as const;
const waits = (kind: PlatformErrorKind, attempts: number[], retryAfterMs: number | null = null) =>
  attempts.map((attempt) => describeRetry(kind, attempt, retryAfterMs, settings, () => 0).waitMs);

test('failures that may pass are tried again, ever later; others never', () => {
  expect(waits('UNAVAILABLE', [1, 2, 3, 4])).toEqual([2_000, 4_000, 8_000, null]);
  expect(waits('TIMEOUT', [1, 3, 4])).toEqual([2_000, 8_000, null]);
  expect(waits('MALFORMED', [1, 2])).toEqual([1_000, null]);
  expect(waits('AUTHENTICATION', [1])).toEqual([null]);
  expect(waits('REJECTED', [1])).toEqual([null]);
});

test('waits may grow evenly, or be none; what a platform says holds all the same', () => {
  const waitsBy = (strategy: RetryStrategy, retryAfterMs: number | null = null) =>
    [1, 2, 3].map((attempt) => {
      const wanted = { ...settings, strategy };
      return describeRetry('TIMEOUT', attempt, retryAfterMs, wanted, () => 0).waitMs;
    });
  expect(waitsBy('LINEAR_BACKOFF')).toEqual([2_000, 4_000, 6_000]);
  expect(waitsBy('IMMEDIATE')).toEqual([0, 0, 0]);
  expect(waitsBy('IMMEDIATE', 500)).toEqual([500, 500, 500]);
});

test('being told to come later costs no attempt, and is heeded', () => {
  expect(waits('RATE_LIMITED', [1, 5, 20, 21])).toEqual([1_000, 16_000, 60_000, null]);
  expect(waits('RATE_LIMITED', [1, 7], 30_000)).toEqual([30_000, 60_000]);
  expect(waits('UNAVAILABLE', [1], 30_000)).toEqual([30_000]);
});

test('those that failed together do not come back together', () => {
  expect(describeRetry('TIMEOUT', 1, null, settings, () => 1).waitMs).toBe(2_500);
});

test('what a failure counts against, and whether all are to wait', () => {
  const blamed = platformErrorKinds.map((kind) => [kind, describeRetry(kind, 1, null).blames]);
  expect(blamed.filter(([, blames]) => blames)).toEqual([
    ['TIMEOUT', 'BREAKER'],
    ['AUTHENTICATION', 'CREDENTIAL'],
    ['UNAVAILABLE', 'BREAKER'],
  ]);
  expect(platformErrorKinds.filter((kind) => describeRetry(kind, 1, null).holdsOff)).toEqual([
    'RATE_LIMITED',
  ]);
});
