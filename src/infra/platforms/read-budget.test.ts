import { readBudget, readRetryAt } from './read-budget.ts';

const now = new Date('2026-11-22T10:00:00Z');
const inAMinute = new Date('2026-11-22T10:01:00Z');

test.each([
  ['seconds', '60'],
  ['seconds since 1970', String(inAMinute.getTime() / 1000)],
  ['milliseconds since 1970', String(inAMinute.getTime())],
  ['ISO', inAMinute.toISOString()],
  ['words', inAMinute.toUTCString()],
])('an instant is read from %s', (_, text) => {
  expect(readRetryAt(new Headers({ 'retry-after': text }), now)).toEqual(inAMinute);
  const headers = { 'x-rate-limit-left': '3', 'x-rate-limit-reset-at': text };
  expect(readBudget(new Headers(headers), now)).toEqual({ left: 3, resetAt: inAMinute });
});

test.each(['', 'soon', '-5', '90000000', '2020-01-01'])('%j is no instant to wait for', (text) => {
  expect(readRetryAt(new Headers({ 'retry-after': text }), now)).toBeNull();
});

test('what comes too often waits by its own header first', () => {
  const headers = { 'x-rate-limit-retry-after': '60', 'x-rate-limit-reset-at': '3600' };
  expect(readRetryAt(new Headers(headers), now)).toEqual(inAMinute);
  expect(readBudget(new Headers({ 'x-rate-limit-left': '3' }), now)).toBeNull();
});
