import fc from 'fast-check';
import { addDays, countDays } from './calendar.ts';
import { previousPeriod, previousYear, rangeOf, rangePresets } from './range-preset.ts';

// A Saturday.
const calendar = { today: '2026-11-21', weekStartsOn: 1 };

test.each([
  ['TODAY', '2026-11-21', '2026-11-21'],
  ['YESTERDAY', '2026-11-20', '2026-11-20'],
  ['LAST_7_DAYS', '2026-11-14', '2026-11-20'],
  ['LAST_14_DAYS', '2026-11-07', '2026-11-20'],
  ['LAST_28_DAYS', '2026-10-24', '2026-11-20'],
  ['LAST_30_DAYS', '2026-10-22', '2026-11-20'],
  ['LAST_90_DAYS', '2026-08-23', '2026-11-20'],
  ['WEEK_TO_DATE', '2026-11-16', '2026-11-20'],
  ['LAST_WEEK', '2026-11-09', '2026-11-15'],
  ['MONTH_TO_DATE', '2026-11-01', '2026-11-20'],
  ['LAST_MONTH', '2026-10-01', '2026-10-31'],
  ['QUARTER_TO_DATE', '2026-10-01', '2026-11-20'],
  ['LAST_QUARTER', '2026-07-01', '2026-09-30'],
  ['YEAR_TO_DATE', '2026-01-01', '2026-11-20'],
  ['LAST_YEAR', '2025-01-01', '2025-12-31'],
] as const)('%s is %s to %s', (preset, from, to) => {
  expect(rangeOf(preset, calendar)).toEqual({ from, to });
});

test('weeks may start on Sunday', () => {
  const sundays = { ...calendar, weekStartsOn: 0 };
  expect(rangeOf('WEEK_TO_DATE', sundays)).toEqual({ from: '2026-11-15', to: '2026-11-20' });
  expect(rangeOf('LAST_WEEK', sundays)).toEqual({ from: '2026-11-08', to: '2026-11-14' });
});

test('on its first day, what goes to date is that day', () => {
  const first = { today: '2026-10-01', weekStartsOn: 1 };
  const day = { from: '2026-10-01', to: '2026-10-01' };
  expect(rangeOf('MONTH_TO_DATE', first)).toEqual(day);
  expect(rangeOf('QUARTER_TO_DATE', first)).toEqual(day);
  expect(rangeOf('WEEK_TO_DATE', first)).toEqual({ from: '2026-09-28', to: '2026-09-30' });
});

test.each([
  ['LAST_7_DAYS', '2026-11-07', '2026-11-13'],
  ['WEEK_TO_DATE', '2026-11-09', '2026-11-13'],
  ['LAST_WEEK', '2026-11-02', '2026-11-08'],
  ['MONTH_TO_DATE', '2026-10-01', '2026-10-20'],
  ['LAST_MONTH', '2026-09-01', '2026-09-30'],
  ['QUARTER_TO_DATE', '2026-07-01', '2026-08-20'],
  ['LAST_QUARTER', '2026-04-01', '2026-06-30'],
  ['YEAR_TO_DATE', '2025-01-01', '2025-11-20'],
  ['LAST_YEAR', '2024-01-01', '2024-12-31'],
] as const)('%s is compared with %s to %s', (preset, from, to) => {
  expect(previousPeriod(rangeOf(preset, calendar), preset)).toEqual({ from, to });
});

test('a month to date is compared with no more days than the month before has', () => {
  const range = { from: '2026-03-01', to: '2026-03-30' };
  expect(previousPeriod(range, 'MONTH_TO_DATE')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
});

test('an explicit range is compared with as many days just before it', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
  fc.assert(
    fc.property(day, fc.nat(800), (from, length) => {
      const range = { from, to: addDays(from, length) };
      const before = previousPeriod(range, null);
      expect(countDays(before)).toBe(countDays(range));
      expect(addDays(before.to, 1)).toBe(range.from);
    }),
  );
});

test('presets end before today, or are today', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
  fc.assert(
    fc.property(
      day,
      fc.constantFrom(...rangePresets),
      fc.constantFrom(0, 1),
      (today, preset, weekStartsOn) => {
        const { from, to } = rangeOf(preset, { today, weekStartsOn });
        expect(from <= to).toBe(true);
        expect(to < today || (from === today && to === today)).toBe(true);
      },
    ),
  );
});

test('a year before the 29th of February is the 28th', () => {
  expect(previousYear({ from: '2024-02-29', to: '2024-03-01' })).toEqual({
    from: '2023-02-28',
    to: '2023-03-01',
  });
});
