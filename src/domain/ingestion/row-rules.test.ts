import fc from 'fast-check';
import { toBillionths, toDecimal } from '../exact.ts';
import type { Severity } from '../identity/organization.entity.ts';
import { checkRow, type RawFields } from './row-rules.ts';

const severe = (severity: Severity) => ({
  CLICKS_EXCEED_IMPRESSIONS: severity,
  CONVERSIONS_EXCEED_CLICKS: severity,
  CTR_DIFFERS: severity,
});
const [errors, warnings] = [severe('ERROR'), severe('WARNING')];

const good: RawFields = {
  date: '2026-11-21',
  campaign: 'Brand',
  strategy: 'Geo',
  placement: 'CTV',
  creative: '300x250',
  impressions: '1000',
  clicks: '20',
  conversions: '3',
  revenue: '45.50',
};

/** Check a row of 2026-11-21 that was read on the 22nd. */
function check(changes: RawFields, severities = errors) {
  const checked = checkRow({ ...good, ...changes }, '2026-11-21', '2026-11-22', severities);
  return { ...checked, rules: checked.problems.map(({ rule }) => rule) };
}

test('a good row is taken as it is, its numbers as plain decimals', () => {
  expect(checkRow(good, '2026-11-21', '2026-11-22', errors)).toEqual({
    row: {
      campaign: 'Brand',
      strategy: 'Geo',
      placement: 'CTV',
      creative: '300x250',
      impressions: '1000',
      clicks: '20',
      conversions: '3',
      revenue: '45.5',
      mediaCost: null,
      completedViews: null,
      reach: null,
    },
    problems: [],
    warnings: [],
  });
});

test.each([
  [[], ['2026-11-21', ' 2026-11-21 ', '2026-11-21 00:00:00', '2026-11-21T00:00:00.000Z']],
  [
    ['NOT_A_DATE'],
    ['2026-11-21T05:00:00Z', '2026-02-30', '11/21/2026', '21.11.2026', '20261121', '46347'],
  ],
  [['OTHER_DATE'], ['2026-11-20', '2026-11-22']],
  [['FUTURE_DATE'], ['2026-11-23']],
])('the rules %j are broken by each of the dates %j', (rules, dates) => {
  for (const date of dates) expect(check({ date }).rules).toEqual(rules);
});

const required = ['date', 'campaign', 'strategy', 'placement', 'creative'] as const;
test.each([...required, 'impressions'] as const)('%s is required, as a cell and in it', (field) => {
  const problem = { rule: 'REQUIRED', message: `${field} is missing` };
  const { [field]: _, ...without } = { ...good, clicks: '0', conversions: '', [field]: '' };
  for (const fields of [without, { ...without, [field]: '  ' }]) {
    const { problems } = checkRow(fields, '2026-11-21', '2026-11-22', warnings);
    expect(problems).toEqual([problem]);
  }
});

test('clicks are required in each row of a file that has them', () => {
  expect(check({ clicks: ' ', conversions: '' }).problems).toEqual([
    { rule: 'REQUIRED', message: 'clicks is missing' },
  ]);
});

test('a fact whose column is absent is not reported: null, and compared with nothing', () => {
  const { clicks: _, conversions: __, revenue: ___, ...fields } = good;
  const withoutClicks = { ...fields, conversions: '5000', ctr: '0.9' };
  const { row, problems } = checkRow(fields, '2026-11-21', '2026-11-22', errors);
  expect([row.clicks, row.conversions, row.revenue, problems]).toEqual([null, null, null, []]);
  expect(checkRow(withoutClicks, '2026-11-21', '2026-11-22', errors).problems).toEqual([]);
});

test.each([
  ['mediaCost', '12.34', '12.34', '-1', 'media cost (-1) is negative'],
  ['completedViews', '007', '7', '0.5', 'completed views (0.5) must be a whole number'],
  ['reach', '800', '800', 'many', 'reach "many" is not a number'],
])('%s is kept where it is reported', (field, text, kept, broken, message) => {
  expect(check({ [field]: text })).toMatchObject({ rules: [], row: { [field]: kept } });
  expect(check({ [field]: ' ' })).toMatchObject({ rules: [], row: { [field]: null } });
  expect(check({ [field]: broken }).problems).toMatchObject([{ message }]);
});

test.each([
  ['ROUNDED_ID', ['1.20253E+17', '2e+10', ' 1.2E+17 ']],
  ['NO_VALUE', ['=A1&B1', '#N/A', '#REF!']],
])('%s is what each of the names %j is', (rule, names) => {
  for (const creative of names) expect(check({ creative }).rules).toEqual([rule]);
});

test.each(['120253', 'E+17', '1E10', '#1 offer', '+1 DRIVER', '-50 %', 'a=b'])(
  'the name %j is one',
  (creative) => {
    expect(check({ creative }).rules).toEqual([]);
  },
);

test.each([
  ['  Brand \t US\n 2026 ', 'Brand US 2026'],
  ['Cafe\u0301', 'Caf\u00e9'],
  ['no-break\u00a0 space', 'no-break space'],
  ['CASE is Kept', 'CASE is Kept'],
  [`'; drop \\N`, `'; drop \\N`],
])('the name %j is kept as %j', (name, kept) => {
  const { row, rules } = check({ campaign: name, creative: name });
  expect([row.campaign, row.creative, rules]).toEqual([kept, kept, []]);
});

test.each([
  ['x'.repeat(255), []],
  ['x'.repeat(256), ['NAME_TOO_LONG']],
  [` ${'e\u0301'.repeat(255)} `, []],
  ['a\0b', ['HAS_NUL']],
])('a name is measured as it is kept (%#)', (name, rules) => {
  expect(check({ placement: name }).rules).toEqual(rules);
});

test('names that need no second look are what the others are', () => {
  const anyName = fc.string({
    unit: fc.constantFrom('a', 'B', ' ', '9', '=', '#', 'e\u0301', '\t'),
  });
  fc.assert(
    fc.property(anyName, (creative) => {
      const kept = creative.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
      expect(check({ creative }).row.creative).toBe(kept);
    }),
  );
});

test('numbers that need no second look are what the others are', () => {
  const anyNumber = fc
    .tuple(fc.stringMatching(/^[0-9]{1,11}$/), fc.stringMatching(/^[0-9]{0,9}$/))
    .map(([whole, part]) => (part ? `${whole}.${part}` : whole));
  fc.assert(
    fc.property(anyNumber, (revenue) => {
      expect(check({ revenue })).toMatchObject({
        ...{ rules: [], row: { revenue: toDecimal(toBillionths(revenue)) } },
      });
    }),
  );
});

test.each([
  ['-0.00', '0'],
  ['000', '0'],
  ['007', '7'],
  ['1.50', '1.5'],
  ['10.0', '10'],
  ['2.', '2'],
  [' 3 ', '3'],
  ['', '0'],
  ['0.000000001', '0.000000001'],
  ['1.1234567890', '1.123456789'],
  ['00099999999999.999999999', '99999999999.999999999'],
])('revenue %j reads %s', (revenue, number) => {
  expect(check({ revenue })).toMatchObject({ rules: [], row: { revenue: number } });
});

test.each([
  ['TOO_MANY_DECIMALS', ['0.1234567891', '1.0000000001']],
  ['TOO_LARGE', ['100000000000', '999999999999.5']],
  ['NEGATIVE', ['-1', '-0.01']],
  ['NOT_A_NUMBER', ['1e3', '1,000', '1 000', '.5', '+1', '$1', '1-', 'NaN', 'Infinity', '--', '٣']],
])('%s is what each of the revenues or conversions %j is', (rule, amounts) => {
  for (const amount of amounts) {
    expect(check({ revenue: amount }).rules).toEqual([rule]);
    const message = expect.stringMatching(/^conversions /);
    expect(check({ conversions: amount }, warnings).problems).toEqual([{ rule, message }]);
  }
});

test.each([
  ['0', '0'],
  ['007', '7'],
  ['1.0', '1'],
  ['999999999999999', '999999999999999'],
])('%j impressions or clicks read %s', (text, number) => {
  for (const column of ['impressions', 'clicks'] as const) {
    const { row, rules } = check({ [column]: text }, warnings);
    expect([row[column], rules]).toEqual([number, []]);
  }
});

test.each([
  ['1.5', 'TOO_MANY_DECIMALS', 'clicks (1.5) must be a whole number'],
  ['1000000000000000', 'TOO_LARGE', 'clicks (1000000000000000) is too large'],
  ['-3', 'NEGATIVE', 'clicks (-3) is negative'],
  ['n/a', 'NOT_A_NUMBER', 'clicks "n/a" is not a number'],
])('%s is no count, and is compared with nothing', (text, rule, message) => {
  expect(check({ clicks: text, conversions: '5000' }).problems).toEqual([{ rule, message }]);
  expect(check({ impressions: text, clicks: '5000', ctr: '0.9' }).rules).toEqual([rule]);
});

test('blank conversions and revenue are zero', () => {
  const { row, problems } = check({ conversions: '', revenue: ' ' });
  expect([row.conversions, row.revenue, problems]).toEqual(['0', '0', []]);
});

test.each(['1,000', '1 000', '12,345.50', '1.000.000', "1'000"])(
  'what is wrong with %s is said',
  (revenue) => {
    expect(check({ revenue }).problems).toEqual([
      {
        rule: 'NOT_A_NUMBER',
        message: `revenue "${revenue}" is not a number: it has thousands separators`,
      },
    ]);
  },
);

test.each([
  ['CLICKS_EXCEED_IMPRESSIONS', { clicks: '1001' }, { clicks: '1000' }],
  ['CONVERSIONS_EXCEED_CLICKS', { conversions: '20.000000001' }, { conversions: '20' }],
  ['CTR_DIFFERS', { ctr: '0.0206' }, { ctr: '0.0205' }],
] as const)('%s is an error or a warning, as its severity says', (rule, broken, kept) => {
  expect(check(broken)).toMatchObject({ rules: [rule], warnings: [] });
  expect(check(broken, warnings)).toMatchObject({ rules: [], warnings: [rule] });
  expect(check(broken, { ...errors, [rule]: 'WARNING' }).warnings).toEqual([rule]);
  expect(check(kept)).toMatchObject({ rules: [], warnings: [] });
});

test.each([
  [[], ['0.02', '0.0195', '0.0205', '2', '2%', '2.05 %', '']],
  [['CTR_DIFFERS'], ['0.0194', '0.0206', '2.06', '0', 'n/a']],
])('the warnings %j are due for 20 clicks of 1000 with each CTR of %j', (rules, ctrs) => {
  for (const ctr of ctrs) expect([ctr, check({ ctr }, warnings).warnings]).toEqual([ctr, rules]);
});

test('a blank CTR is none', () => {
  expect(check({ ctr: ' ' }, warnings).warnings).toEqual([]);
});

test('a CTR beside clicks that are missing or no number is not compared', () => {
  expect(check({ clicks: '', conversions: '', ctr: '0.5' }).rules).toEqual(['REQUIRED']);
  expect(check({ clicks: 'n/a', ctr: '0.5' }, warnings).warnings).toEqual([]);
});

test('a CTR without impressions is not compared', () => {
  const nothing = { impressions: '0', clicks: '0', conversions: '0', ctr: '0.5' };
  expect(check(nothing)).toMatchObject({ rules: [], warnings: [] });
  expect(check({ ...nothing, impressions: '1' }).rules).toEqual(['CTR_DIFFERS']);
});

test('everything that is wrong with a row is said at once', () => {
  const { problems } = check({
    date: 'yesterday',
    campaign: '',
    impressions: '5',
    clicks: '7',
    conversions: '8',
    revenue: '1.0000000001',
  });
  expect(problems).toEqual([
    { rule: 'NOT_A_DATE', message: '"yesterday" is not a date (YYYY-MM-DD)' },
    { rule: 'REQUIRED', message: 'campaign is missing' },
    { rule: 'TOO_MANY_DECIMALS', message: 'revenue (1.0000000001) must be at most 9 decimals' },
    { rule: 'CLICKS_EXCEED_IMPRESSIONS', message: 'clicks (7) exceed impressions (5)' },
    { rule: 'CONVERSIONS_EXCEED_CLICKS', message: 'conversions (8) exceed clicks (7)' },
  ]);
});

test.each(['x', '😀'])('a cell of any length is quoted in at most 40 characters (%s)', (each) => {
  const { problems } = check({ impressions: each.repeat(10_000), ctr: each.repeat(10_000) });
  expect(problems.map(({ message }) => message)).toEqual([
    `impressions "${each.repeat(40)}…" is not a number`,
  ]);
  expect(check({ ctr: each.repeat(40) }).problems[0]?.message).not.toContain('…');
  expect(check({ ctr: each.repeat(10_000) }).problems[0]?.message).toBe(
    `CTR ${each.repeat(40)}… is not clicks / impressions`,
  );
});

test('a row that passes has no more clicks than impressions, nor conversions than clicks', () => {
  const anyCount = fc.oneof(fc.nat(30).map(String), fc.constantFrom('', '-1', 'x', '1.5', '007'));
  fc.assert(
    fc.property(anyCount, anyCount, anyCount, (impressions, clicks, conversions) => {
      const { row, problems } = check({ impressions, clicks, conversions });
      fc.pre(problems.length === 0);
      expect(Number(row.clicks)).toBeLessThanOrEqual(Number(row.impressions));
      expect(Number(row.conversions)).toBeLessThanOrEqual(Number(row.clicks));
    }),
  );
});
