import fc from 'fast-check';
import {
  addDays,
  checkRange,
  checkTimeZone,
  checkYear,
  countDays,
  dayOfWeek,
  eachDay,
  isLocalDate,
  today,
} from './calendar.ts';

const anyDay = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('2000-01-01', days));

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2000-02-28', 1, '2000-02-29'],
  ['2100-02-28', 1, '2100-03-01'],
  ['2026-02-28', 1, '2026-03-01'],
  ['2024-03-01', -1, '2024-02-29'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2026-11-21', 0, '2026-11-21'],
  // The days on which clocks change in New York and in Berlin.
  ['2026-03-08', 1, '2026-03-09'],
  ['2026-10-25', 1, '2026-10-26'],
])('%s and %i days make %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected);
});

test('adding days and taking them off again gives the same day', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
      expect(addDays(addDays(date, days), -days)).toBe(date);
    }),
  );
});

test.each([
  ['2026-11-21', '2026-11-21', 1],
  ['2026-11-21', '2026-11-22', 2],
  ['2024-01-01', '2024-12-31', 366],
  ['2026-01-01', '2026-12-31', 365],
  ['2026-03-01', '2026-04-30', 61],
  ['2026-11-22', '2026-11-21', 0],
])('from %s to %s there are %i days, both included', (from, to, expected) => {
  expect(countDays({ from, to })).toBe(expected);
});

test('the days of a range are in order, with the leap day', () => {
  expect(eachDay({ from: '2024-02-28', to: '2024-03-01' })).toEqual([
    '2024-02-28',
    '2024-02-29',
    '2024-03-01',
  ]);
});

test('weekdays follow each other from 1 on Monday to 7 on Sunday', () => {
  const week = eachDay({ from: '2026-11-16', to: '2026-11-23' });
  expect(week.map(dayOfWeek)).toEqual([1, 2, 3, 4, 5, 6, 7, 1]);
});

test('today is one or two days later in Kiritimati than in Niue, 25 hours behind it', () => {
  const [niue, kiritimati] = [today('Pacific/Niue'), today('Pacific/Kiritimati')];
  expect([addDays(niue, 1), addDays(niue, 2)]).toContain(kiritimati);
});

test.each(['2026-11-21', '2024-02-29', '0999-01-01'])('%s is a day of the calendar', (text) => {
  expect(isLocalDate(text)).toBe(true);
});

test.each([
  '2026-02-30',
  '2026-02-29',
  '2100-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-4-3',
  '20261121',
  '2026-11-21T00:00:00',
  ' 2026-11-21',
  '2026-11-21\n',
  '21-11-2026',
  '+012026-11-21',
  '',
])('%j is not a day of the calendar', (text) => {
  expect(isLocalDate(text)).toBe(false);
});

test.each([
  ['2026-11-21', '2026-11-21'],
  // 5 times 366 days, the last one included.
  ['2020-01-01', '2025-01-03'],
])('the range from %s to %s can be asked for', (from, to) => {
  expect(checkRange({ from, to })).toEqual({ from, to });
});

test.each([
  ['2026-11-22', '2026-11-21', 'The range ends (2026-11-21) before it starts (2026-11-22).'],
  ['2020-01-01', '2025-01-04', 'A range may span at most 5 years.'],
])('the range from %s to %s is refused', (from, to, message) => {
  expect(() => checkRange({ from, to })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', message, fields: ['from', 'to'] }),
  );
});

test.each(['1900-01-01', '2199-12-31'])('%s is of the years that are kept', (date) => {
  expect(checkYear(date, 'effectiveFrom')).toBe(date);
});

test.each(['0000-01-01', '1899-12-31', '2200-01-01'])('%s is of no year that is kept', (date) => {
  const refusal = (field: string) =>
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      message: `${date} is not a day of the years 1900 to 2199.`,
      fields: [field],
    });
  expect(() => checkYear(date, 'effectiveFrom')).toThrow(refusal('effectiveFrom'));
  expect(() => checkRange({ from: date, to: date })).toThrow(refusal('from'));
  expect(() => checkRange({ from: '2026-11-21', to: '2200-01-01' })).toThrow();
});

test.each(['America/New_York', 'Asia/Kolkata', 'UTC'])('%s is a time zone', (timeZone) => {
  expect(checkTimeZone(timeZone)).toBe(timeZone);
});

test.each(['Mars/Olympus', 'New York', '+05:30', '-0500', ''])(
  '%j is not a time zone',
  (timeZone) => {
    expect(() => checkTimeZone(timeZone)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['timeZone'] }),
    );
  },
);
