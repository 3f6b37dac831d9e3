import { nextTurn } from '../job/schedule-daily.ts';
import { expectedBy } from './expected-by.ts';
import { timesOf, toCron } from './feed-schedule.ts';

const timing = (times: string[], jitterSeconds = 0) => ({
  ...{ cron: toCron(times), jitterSeconds },
  timeZone: 'America/New_York',
});

test('a schedule of several times is due by each, a little later always, across changes of the clock', () => {
  const schedule = timing(['05:00', '01:30', '17:45'], 420);
  expect(timesOf(schedule)).toEqual(['05:00', '01:30', '17:45']);
  // 01:30 comes twice on 1 November 2026; between its two is no other turn.
  const turns: string[] = [];
  let at = new Date('2026-10-31T22:00:00Z');
  while (turns.length < 4) {
    at = nextTurn(schedule, at);
    turns.push(at.toISOString());
    // A sweeper comes some seconds later.
    at = new Date(at.getTime() + 7_000);
  }
  expect(turns).toEqual([
    '2026-11-01T05:37:00.000Z',
    '2026-11-01T10:07:00.000Z',
    '2026-11-01T22:52:00.000Z',
    '2026-11-02T06:37:00.000Z',
  ]);
});

test.each([
  // 05:00 is 09:00 UTC in summer and 10:00 in winter; the grace is 3 hours.
  ['2026-07-15', '2026-07-16T12:00:00.000Z'],
  ['2026-03-07', '2026-03-08T12:00:00.000Z'],
  ['2026-10-31', '2026-11-01T13:00:00.000Z'],
])('the file of %s may come until %s', (date, expected) => {
  const feed = { timeZone: 'America/New_York', graceMinutes: 180, createdAt: new Date(0) };
  expect(expectedBy(feed, timing(['05:00']), date)?.toISOString()).toBe(expected);
});

test('nobody waits for a day whose turn was before the feed was there', () => {
  const createdAt = new Date('2026-07-16T09:00:01Z');
  const feed = { timeZone: 'America/New_York', graceMinutes: 180, createdAt };
  expect(expectedBy(feed, timing(['05:00']), '2026-07-15')).toBeNull();
  expect(expectedBy(feed, timing(['05:00']), '2026-07-16')).not.toBeNull();
});
