import { nextRunAt } from './schedule-daily.ts';

const at = (instant: string) => new Date(instant);

test.each([
  // 05:00 in New York is 10:00 UTC in winter and 09:00 in summer.
  ['2026-01-15T12:00:00Z', '2026-01-16T10:00:00.000Z'],
  ['2026-07-15T12:00:00Z', '2026-07-16T09:00:00.000Z'],
  // Clocks go forward on 8 March 2026 and back on 1 November 2026.
  ['2026-03-07T12:00:00Z', '2026-03-08T09:00:00.000Z'],
  ['2026-10-31T12:00:00Z', '2026-11-01T10:00:00.000Z'],
])('after %s the daily 05:00 in New York is %s', (after, expected) => {
  expect(nextRunAt('0 5 * * *', 'America/New_York', at(after)).toISOString()).toBe(expected);
});

test('an hour that the change of clocks leaves out is made up for an hour later', () => {
  const next = nextRunAt('30 2 * * *', 'America/New_York', at('2026-03-08T05:00:00Z'));
  expect(next.toISOString()).toBe('2026-03-08T07:30:00.000Z');
});
