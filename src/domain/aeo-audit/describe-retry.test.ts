import { describeRetry } from './describe-retry.ts';
import { type PlatformErrorKind, platformErrorKinds } from './platform-error.ts';

const settings = { attempts: 3, multiplier: 2 };
const waits = (kind: PlatformErrorKind, attempts: number[], retryAfterMs: number | null = null) =>
  attempts.map((attempt) => describeRetry(kind, attempt, retryAfterMs, settings, () => 0).waitMs);

test('failures that may pass are tried again, ever later; others never', () => {
  expect(waits('UNAVAILABLE', [1, 2, 3, 4])).toEqual([2_000, 4_000, 8_000, null]);
  expect(waits('TIMEOUT', [1, 3, 4])).toEqual([2_000, 8_000, null]);
  expect(waits('MALFORMED', [1, 2])).toEqual([1_000, null]);
  expect(waits('AUTHENTICATION', [1])).toEqual([null]);
  expect(waits('REJECTED', [1])).toEqual([null]);
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
