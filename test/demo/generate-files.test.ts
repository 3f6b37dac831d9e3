import { Readable } from 'node:stream';
import {
  type Advertiser,
  advertisers,
  demoDays,
  demoRange,
  type GeneratedFile,
  generateFiles,
  generateRestatement,
  restatedDate,
} from '../../demo/generate-files.ts';
import { surfside } from '../../src/connectors/surfside/surfside.ts';
import { addDays, countDays } from '../../src/domain/calendar.ts';
import { compileKeyPattern } from '../../src/domain/feed/key-pattern.ts';
import { checkRow, type MediaRow } from '../../src/domain/ingestion/row-rules.ts';

const range = demoRange('2026-11-21');
const missing = '2026-11-04';
const errors = { ...surfside.severities, CTR_DIFFERS: 'ERROR' } as const;

/** What becomes of a file when it is loaded. */
async function load({ body }: GeneratedFile, day: string) {
  const rows: MediaRow[] = [];
  const rules: string[] = [];
  for await (const batch of surfside.read(Readable.from([Buffer.from(body)]))) {
    for (const { fields } of batch) {
      const { row, problems } = checkRow(fields, day, day, errors);
      if (problems.length === 0) rows.push(row);
      rules.push(...problems.map(({ rule }) => rule));
    }
  }
  return { rows, rules };
}

function sum(rows: MediaRow[], fact: 'impressions' | 'clicks' | 'conversions'): number {
  return rows.reduce((total, row) => total + Number(row[fact]), 0);
}

test('a demo spans 35 days up to its last one', () => {
  expect(range).toEqual({ from: '2026-10-18', to: '2026-11-21' });
  expect(countDays(range)).toBe(demoDays);
  expect(restatedDate(range)).toBe('2026-11-12');
});

/** Fewer rows a day than the demo's 5,000, and still more names than the lists of names hold. */
const smaller = advertisers.map((each): Advertiser => ({ ...each, shape: [6, 8, 4, 5] }));

describe.each(smaller)('the files of $name', (advertiser) => {
  const files = [...generateFiles(advertiser, range)];
  const { dateOf } = compileKeyPattern(advertiser.keyPattern);
  const dates = files.map(({ key }) => dateOf(key) ?? '');
  const fileOf = (date: string) => files[dates.indexOf(date)] as GeneratedFile;

  test('are one a day, in order, under keys its pattern knows, but for one missing day', () => {
    const all = Array.from({ length: 35 }, (_, index) => addDays('2026-10-18', index));
    expect(dates).toEqual(all.filter((date) => date !== missing));
  });

  test('are the same ones whenever they are made, and differ from day to day', () => {
    expect([...generateFiles(advertiser, range)]).toEqual(files);
    expect(new Set(files.map(({ body }) => body)).size).toBe(34);
  });

  test('hold one row for each creative of the hierarchy', async () => {
    const [campaigns, strategies, placements, creatives] = advertiser.shape;
    const { rows, rules } = await load(fileOf(range.from), range.from);
    expect(rules).toEqual([]);
    expect(rows).toHaveLength(campaigns * strategies * placements * creatives);
    const paths = (depth: number) =>
      new Set(
        rows.map((row) =>
          [row.campaign, row.strategy, row.placement, row.creative].slice(0, depth).join('/'),
        ),
      ).size;
    expect([paths(1), paths(2), paths(3), paths(4)]).toEqual([
      campaigns,
      campaigns * strategies,
      campaigns * strategies * placements,
      rows.length,
    ]);
  });

  test.each([
    ['2026-10-20', []],
    [
      '2026-10-21',
      ['REQUIRED', 'CLICKS_EXCEED_IMPRESSIONS', 'CTR_DIFFERS', 'NOT_A_NUMBER', 'NOT_A_DATE'],
    ],
    ['2026-10-22', []],
  ])('are broken in four ways on every fifth day: on %s by %j', async (date, rules) => {
    expect((await load(fileOf(date), date)).rules).toEqual(rules);
  });

  test('are restated on one day by one with more conversions and nothing else', async () => {
    const restated = generateRestatement(advertiser, range);
    const first = fileOf('2026-11-12');
    expect(restated.key).toBe(first.key);
    const [before, after] = [await load(first, '2026-11-12'), await load(restated, '2026-11-12')];
    expect(after.rules).toEqual([]);
    expect(sum(after.rows, 'impressions')).toBe(sum(before.rows, 'impressions'));
    expect(sum(after.rows, 'clicks')).toBe(sum(before.rows, 'clicks'));
    const grown = sum(after.rows, 'conversions') / sum(before.rows, 'conversions');
    expect(grown).toBeGreaterThan(1.5);
    expect(grown).toBeLessThan(2.1);
  });

  test('are quieter on a Sunday than on the Wednesday before', async () => {
    const [wednesday, sunday] = await Promise.all(
      ['2026-11-11', '2026-11-15'].map((date) => load(fileOf(date), date)),
    );
    const share =
      sum(sunday?.rows ?? [], 'impressions') / sum(wednesday?.rows ?? [], 'impressions');
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.7);
  });
});
