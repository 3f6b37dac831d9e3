import fc from 'fast-check';
import { addDays } from '../calendar.ts';
import { compileKeyPattern } from './key-pattern.ts';

const split = String.raw`/^in/m_(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)\.csv$/`;

test.each([
  ['media-report-{date}.csv', 'media-report-2026-11-21.csv', '2026-11-21'],
  ['media-report-{date}.csv', 'old/media-report-2026-11-21.csv', undefined],
  ['media-report-{date}.csv', 'media-report-2026-11-21.csv.gz', undefined],
  ['media-report-{date}.csv', 'media-report-2026-11-21_csv', undefined],
  ['media-report-{date}.csv', 'media-report-2026-02-30.csv', undefined],
  ['media-report-{date}.csv', 'media-report-20261121.csv', undefined],
  ['client-media-{date:yyyyMMdd}.csv', 'client-media-20261121.csv', '2026-11-21'],
  ['{date:dd.MM.yyyy}.csv', '21.11.2026.csv', '2026-11-21'],
  ['{date:dd.MM.yyyy}.csv', '21-11-2026.csv', undefined],
  ['surfside/{date}/*.csv', 'surfside/2026-11-21/part-1.csv', '2026-11-21'],
  ['surfside/{date}/*.csv', 'surfside/2026-11-21/.csv', '2026-11-21'],
  ['surfside/{date}/*.csv', 'surfside/2026-11-21/late/part-1.csv', undefined],
  ['*/{date}*', 'a/2026-11-21', '2026-11-21'],
  ['/in/{date}', '/in/2026-11-21', '2026-11-21'],
  ['in/{date}/', 'in/2026-11-21/', '2026-11-21'],
  ['{date:yyyy}/{date:MM}/{date:dd}.csv', '2026/11/21.csv', '2026-11-21'],
  ['{date:yyyy/MM}/m-{date}.csv', '2026/11/m-2026-11-21.csv', '2026-11-21'],
  ['{date:yyyy/MM}/m-{date}.csv', '2026/10/m-2026-11-21.csv', undefined],
  ['{date:yyyy/MM}/m-{date}.csv', '2025/11/m-2026-11-21.csv', undefined],
  [split, 'in/m_20261121.csv', '2026-11-21'],
  [split, 'in/m_20261131.csv', undefined],
  [split, 'in/m_20261121.csv.gz', undefined],
  [String.raw`/(?<date>\d{4}-\d\d-\d\d)/`, 'any/where-2026-11-21-v2.csv', '2026-11-21'],
  [String.raw`/(?P<date>\d{8})\.csv/`, 'x20261121.csv', '2026-11-21'],
  [String.raw`/(?<date>\d{8})\.csv/`, 'x2026112.csv', undefined],
  [String.raw`/(?<date>\d{8}T\d\d)/`, 'x20261121T05.csv', '2026-11-21'],
  [String.raw`/x(?<date>\d{8})?/`, 'x', undefined],
])('%s reads the day of %s as %s', (pattern, key, date) => {
  expect(compileKeyPattern(pattern).dateOf(key)).toBe(date);
});

test.each([
  ['m/{date}.csv', '2026-11-21', '2026-11-21', 'm/2026-11-21.csv'],
  ['m/{date}.csv', '2026-11-21', '2026-11-28', 'm/2026-11-2'],
  ['m/{date:yyyyMMdd}.csv', '2026-11-28', '2026-12-02', 'm/20261'],
  ['m/{date}/*.csv', '2026-11-21', '2026-11-21', 'm/2026-11-21/'],
  ['m/*/{date}.csv', '2026-11-21', '2026-11-21', 'm/'],
  ['*{date}.csv', '2026-11-21', '2026-11-21', ''],
  ['{date:yyyy}/{date:MM}/{date}.csv', '2026-11-21', '2026-11-21', '2026/11/2026-11-21.csv'],
  ['{date:yyyy/yyyyMMdd}.csv', '2026-11-21', '2026-11-21', '2026/20261121.csv'],
  ['{date:dd-MM-yyyy}.csv', '2026-11-21', '2026-12-01', ''],
  ['m/{date:dd-MM-yyyy}.csv', '2026-11-01', '2026-12-01', 'm/'],
  [split, '2026-11-21', '2026-11-21', ''],
])('%s lists from %s to %s what starts with "%s"', (pattern, from, to, prefix) => {
  expect(compileKeyPattern(pattern).prefixFor({ from, to })).toBe(prefix);
});

/** A part of a template, and what stands there in the key of a day. */
type Part = [template: string, key: (date: string) => string];

const literal = fc
  .stringMatching(/^[a-z./_\\()[\]+^$|?Q-]{0,6}$/)
  .map((text): Part => [text, () => text]);
const anything = fc.stringMatching(/^[a-z.$_-]{0,5}$/).map((text): Part => ['*', () => text]);
const separator = fc.constantFrom('', '-', '/', '.', '_', '+');
const day = fc
  .tuple(fc.shuffledSubarray(['yyyy', 'MM', 'dd'], { minLength: 3 }), separator, separator)
  .map(([[a = '', b = '', c = ''], one, other]): Part => {
    const format = [a, one, b, other, c].join('');
    return [
      `{date:${format}}`,
      (date) =>
        format
          .replace('yyyy', date.slice(0, 4))
          .replace('MM', date.slice(5, 7))
          .replace('dd', date.slice(8)),
    ];
  });
const plainDay = fc.constant<Part>(['{date}', (date) => date]);
const anyParts = fc
  .tuple(fc.oneof(literal, anything), fc.oneof(day, plainDay), fc.oneof(literal, anything, day))
  .map((parts): Part[] => [['k', () => 'k'], ...parts]);
const anyDate = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

const templateOf = (parts: Part[]) => parts.map(([template]) => template).join('');
const keyOf = (parts: Part[], date: string) => parts.map(([, key]) => key(date)).join('');

test('a key made from a template gives its day back', () => {
  fc.assert(
    fc.property(anyParts, anyDate, (parts, date) => {
      expect(compileKeyPattern(templateOf(parts)).dateOf(keyOf(parts, date))).toBe(date);
    }),
  );
});

test('a key of any day of a range starts with what is listed for the range', () => {
  const anyLength = fc.oneof(fc.nat(800), fc.constantFrom(7, 10, 30, 31, 61, 365, 366));
  fc.assert(
    fc.property(anyParts, anyDate, anyLength, fc.nat(800), (parts, from, days, offset) => {
      const date = addDays(from, offset % (days + 1));
      const pattern = compileKeyPattern(templateOf(parts));
      const prefix = pattern.prefixFor({ from, to: addDays(from, days) });
      expect(keyOf(parts, date).slice(0, prefix.length)).toBe(prefix);
    }),
    { numRuns: 300 },
  );
});

test.each([
  'media.csv',
  'media-*.csv',
  'media-{day}.csv',
  'media-{date:yyyy-MM}.csv',
  'media-{date:yyMMdd}.csv',
  'media-{date:yyyyMMdd-HH}.csv',
  'media-{date:YYYY-MM-DD}.csv',
  '/media/',
  String.raw`/(?<year>\d{4})(?<month>\d\d)/`,
  '/(?<date>[0-9]+/',
  // RE2 has neither of these two, since they cannot be matched in linear time.
  String.raw`/(?<date>\d+)-\1/`,
  '/(?=x)(?<date>[0-9]+)/',
  '/(?<date>.{999})/',
  `${'*'.repeat(300)}{date}`,
])('%s is refused', (pattern) => {
  expect(() => compileKeyPattern(pattern)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['keyPattern'] }),
  );
});

test('a hostile expression is answered at once, where backtracking would not end', () => {
  const pattern = compileKeyPattern('/^(?<date>(a+)+)$/');
  expect(pattern.dateOf(`${'a'.repeat(5000)}!`)).toBeUndefined();
});
