import { addDays, today } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { rowsXml, workbookOf, workbookParts, zipOf } from '../support/workbook.ts';

let agency: Agency;
let loader: Awaited<ReturnType<typeof createLoader>>;
let feed: Feed;
let feeds = 0;
const day = '2026-03-02';
const good = ['Ad 1', 'Ad 2', 'Ad 3', 'Ad 4'].map((creative) => surfsideRow({ creative }));
const file = surfsideFile(day, good);
const [header = '', first = ''] = file.split('\n');

beforeAll(async () => {
  agency = await createAgency();
  loader = await createLoader(agency);
});
afterAll(async () => {
  await loader.close();
  await agency.close();
});
beforeEach(async () => {
  feeds += 1;
  const client = await addClient(agency, `Client ${feeds}`);
  feed = await addFeed(agency, client, { keyPattern: `c${feeds}/{date}.csv` });
});

const deliver = async (body: string | Buffer) => {
  await agency.bucket.put(`c${feeds}/${day}.csv`, body);
  return loader.load(feed, day);
};
const cellsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const sheet = 'xl/worksheets/sheet1.xml';

test.each<[string, string | Buffer, RegExp]>([
  ['nothing in it', '', /^The file is empty: it has not even a header\.$/],
  ['a header only', `${header}\n`, /^The file has a header but no rows\.$/],
  [
    'another delimiter',
    file.replaceAll(',', '|'),
    /^The file lacks: date, .*\. Its header is: Date\|Campaign\|.*comma, semicolon or tab\?$/,
  ],
  [
    'a column missing',
    file.replace(',Clicks,', ',Cliks,'),
    /^The file lacks: clicks\. Its header is: Date, .*, Impressions, Cliks, /,
  ],
  [
    'days to come alone',
    file.replaceAll(day, addDays(today('UTC'), 2)),
    /^Only 0 of 4 rows are valid; at least 50 % must be\.$/,
  ],
  ['half a workbook', workbookOf(rowsXml(cellsOf(file))).subarray(0, 300), /XLSX .* cut off/],
  [
    'a bomb in it that owns up',
    zipOf(workbookParts(''), { [sheet]: 3_000_000_000 }),
    /^This XLSX file is too large: a part of it unpacks to over 2000 MB\.$/,
  ],
  [
    'a bomb in it that lies',
    zipOf({ ...workbookParts(''), [sheet]: ' '.repeat(1e6) }, { [sheet]: 100 }),
    /^This XLSX file is damaged/,
  ],
])(
  'a file with %s is refused with the reason, and the day stays as it was',
  async (_, body, reason) => {
    await deliver(file);
    const before = await loader.facts(feed, day);
    const { job, run, slices } = await deliver(body);
    expect([run.outcome, slices.map(({ status }) => status)]).toEqual(['FAILED', ['FAILED']]);
    expect(slices[0]?.reason).toMatch(reason);
    expect(job).toMatchObject({ attempt: 1, errorMessage: slices[0]?.reason });
    expect(await loader.facts(feed, day)).toEqual(before);
    expect(before).toHaveLength(4);
  },
);

/** The cells of a row that is good but for these. */
const spoilt = (cells: Record<number, string>) =>
  first.split(',').map((cell, column) => cells[column] ?? cell);
const serial = String(Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000));

const bad: [reason: string, cells: Record<number, string>][] = [
  [`FUTURE_DATE ${addDays(today('UTC'), 2)} is in the future`, { 0: addDays(today('UTC'), 2) }],
  ['OTHER_DATE 2026-03-01 is not the day of the file (2026-03-02)', { 0: '2026-03-01' }],
  ['NOT_A_DATE "02.03.2026" is not a date (YYYY-MM-DD)', { 0: '02.03.2026' }],
  ['NEGATIVE impressions (-5) is negative', { 5: '-5', 6: '0', 7: '0' }],
  ['NOT_A_NUMBER clicks "n/a" is not a number', { 6: 'n/a' }],
  ['NOT_A_NUMBER revenue "€ 5" is not a number', { 8: '€ 5' }],
  ['NAME_TOO_LONG creative has 300 characters, more than 255', { 4: 'x'.repeat(300) }],
  ['HAS_NUL creative has a NUL character', { 4: 'a\0b' }],
  [
    'ROUNDED_ID creative "1.20253E+17" is a number that a spreadsheet has rounded',
    { 4: '1.20253E+17' },
  ],
  ['NO_VALUE creative "=A1&B1" is a formula or its error, not a value', { 4: '=A1&B1' }],
];

const rejectsOf = async () => {
  const rows = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ line: number; reasons: { rule: string; message: string }[] }[]>(
      `select r.line, r.reasons from rejected_rows r join run_slices s on s.id = r.run_slice_id
       where s.feed_id = ? order by r.line`,
      [feed.id],
    ),
  );
  return rows.map(({ line, reasons }) => [
    line,
    reasons.map(({ rule, message }) => `${rule} ${message}`).join('; '),
  ]);
};

test('rows that cannot be used are rejected by line and reason, and the others are the day', async () => {
  const lines = [...bad.map(([, cells]) => spoilt(cells).join(',')), ...file.split('\n').slice(1)];
  const many = Array.from({ length: 10 }, (_, index) => spoilt({ 4: `Other ${index}` }).join(','));
  const { slices } = await deliver([header, ...many, ...lines].join('\n'));
  expect(slices).toMatchObject([{ status: 'APPLIED', rowsRead: 24, rowsRejected: 10 }]);
  expect(await rejectsOf()).toEqual(bad.map(([reason], index) => [index + 12, reason]));
  expect(await loader.facts(feed, day)).toHaveLength(14);
});

test('columns that nobody knows are passed over, and listed', async () => {
  const lines = cellsOf(file).map((cells, index) => [...cells, index ? 'x' : 'Device', 'y']);
  const { slices } = await deliver(lines.map((cells) => cells.join(',')).join('\n'));
  expect(slices).toMatchObject([{ status: 'APPLIED', otherColumns: ['Device', 'y'] }]);
});

test.each([
  ['1900', {}, Number(serial)],
  ['1904', { properties: '<workbookPr date1904="1"/>' }, Number(serial) - 1462],
])(
  'a workbook named .csv, whose days are numbers since %s and whose names are formulas, is the day; what a formula lacks is not',
  async (_, parts, number) => {
    const [titles = [], ...rows] = cellsOf(file);
    const dated = rows.map((cells) => [String(number), ...cells.slice(1)]);
    const made = (value: string) =>
      rowsXml([dated[0] as string[]]).replace(
        '<c t="inlineStr"><is><t xml:space="preserve">Ad 1</t></is></c>',
        `<c t="str"><f>A1&amp;B1</f>${value}</c>`,
      );
    const sheetRows = [
      rowsXml([titles, ...dated]),
      made('<v>Ad 5</v>'),
      made(''),
      rowsXml([[...(dated[0] as string[])]]).replace('Ad 1', '1.20253E+17'),
    ];
    const { slices } = await deliver(workbookOf(sheetRows.join(''), parts));
    expect(slices).toMatchObject([{ status: 'APPLIED', rowsRead: 7, rowsRejected: 2 }]);
    expect(await rejectsOf()).toEqual([
      [7, 'NO_VALUE creative "=A1&B1" is a formula or its error, not a value'],
      [8, 'ROUNDED_ID creative "1.20253E+17" is a number that a spreadsheet has rounded'],
    ]);
    const names = (await loader.facts(feed, day)).map(({ creative }) => creative);
    expect(names).toEqual(['Ad 1', 'Ad 2', 'Ad 3', 'Ad 4', 'Ad 5']);
  },
);
