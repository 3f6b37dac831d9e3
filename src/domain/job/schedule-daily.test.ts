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

test.each([
  ['forward', '2026-03-06T04:59:59Z', '2026-03-10'],
  ['back', '2026-10-30T03:59:59Z', '2026-11-03'],
])('on a day on which clocks go %s, every time of day is due once', (_, from, lastDay) => {
  const dayInNewYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
  for (let minutes = 0; minutes < 24 * 60; minutes += 30) {
    const cron = `${minutes % 60} ${Math.floor(minutes / 60)} * * *`;
    const days: string[] = [];
    let next = nextRunAt(cron, 'America/New_York', at(from));
    while (dayInNewYork.format(next) <= lastDay) {
      days.push(dayInNewYork.format(next));
      // A sweeper comes some seconds later.
      next = nextRunAt(cron, 'America/New_York', new Date(next.getTime() + 7_000));
    }
    expect([cron, new Set(days).size, days.length]).toEqual([cron, 5, 5]);
  }
});
