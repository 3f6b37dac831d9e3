import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { RawRow } from '../connector.ts';
import { surfside } from './surfside.ts';

async function read(file: string | Buffer): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of surfside.read(Readable.from([Buffer.from(file as string)]))) {
    rows.push(...batch);
  }
  return rows;
}

const titles =
  'Date,Campaign,Strategy,Placement,Creative,Impressions,Clicks,Conversions,Conversion Revenue,CTR';
const cells = ['2026-11-21', 'Brand', 'Geo', 'CTV', '300x250', '1000', '20', '3', '45.50', '0.02'];
const fields = {
  date: '2026-11-21',
  campaign: 'Brand',
  strategy: 'Geo',
  placement: 'CTV',
  creative: '300x250',
  impressions: '1000',
  clicks: '20',
  conversions: '3',
  revenue: '45.50',
  ctr: '0.02',
};

test.each([
  ['in title case', titles],
  [
    'in snake case',
    'date,campaign_name,strategy_name,placement_name,creative_name,' +
      'impressions,clicks,conversions,conversion_revenue,ctr',
  ],
  ['in any case and spacing', titles.toUpperCase().replaceAll(',', ' ,  ')],
])('headers %s are known', async (_, header) => {
  expect(await read(`${header}\n${cells.join(',')}\n`)).toEqual([{ line: 2, cells, fields }]);
});

test('columns are found by name, in any order and among others', async () => {
  const columns = titles.split(',').map((title, index) => [title, cells[index]]);
  const others = [
    ['Device', 'phone'],
    ['Campaign Id', '7'],
    ['', 'x'],
    ['Revenue', '1'],
  ];
  const anyOrder = fc.shuffledSubarray([...columns, ...others], { minLength: 14 });
  await fc.assert(
    fc.asyncProperty(anyOrder, async (shuffled) => {
      const lines = [0, 1].map((part) => shuffled.map((column) => column[part]).join(','));
      const [row] = await read(lines.join('\n'));
      expect(row?.fields).toEqual(fields);
      expect(row?.cells).toEqual(lines[1]?.split(','));
    }),
    { numRuns: 50 },
  );
});

test('the CTR column may be absent', async () => {
  const { ctr: _, ...others } = fields;
  const [row] = await read(`${titles.replace(',CTR', '')}\n${cells.slice(0, -1).join(',')}\n`);
  expect(row?.fields).toEqual(others);
});

test('cells that a short row lacks are empty', async () => {
  const [row] = await read(`${titles}\n2026-11-21,,Geo\n`);
  const blank = Object.fromEntries(Object.keys(fields).map((field) => [field, '']));
  expect(row?.fields).toStrictEqual({ ...blank, date: '2026-11-21', strategy: 'Geo' });
});

test.each([
  ['semicolons', Buffer.from(`${titles}\n${cells}\n`.replaceAll(',', ';'))],
  ['a byte order mark', Buffer.from(`\ufeff${titles}\r\n${cells}\r\n`)],
  ['UTF-16LE', Buffer.from(`\ufeff${titles}\r\n${cells}\r\n`.replaceAll(',', '\t'), 'utf16le')],
])('a file with %s is read', async (_, file) => {
  expect(await read(file)).toEqual([{ line: 2, cells, fields }]);
});

test('rows past the first batch are read by the same header', async () => {
  const rows = await read(`${titles}\n${`${cells}\n`.repeat(2500)}`);
  expect(rows).toHaveLength(2500);
  expect(rows.at(-1)).toEqual({ line: 2501, cells, fields });
});

test('a header without rows is a file without rows', async () => {
  expect(await read(`${titles}\n`)).toEqual([]);
});

test('columns that are missing are named, with those that were found', async () => {
  await expect(read('Date,Campaign, Spend ,Clicks\n2026-11-21,Brand,1,2\n')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message:
      'The file lacks: strategy, placement, creative, impressions, conversions, ' +
      'conversion revenue. Its header is: Date, Campaign, Spend, Clicks.',
  });
});

test.each([
  ['Date', 'date'],
  ['Campaign', 'campaign'],
  ['Strategy', 'strategy'],
  ['Placement', 'placement'],
  ['Creative', 'creative'],
  ['Impressions', 'impressions'],
  ['Clicks', 'clicks'],
  ['Conversions', 'conversions'],
  ['Conversion Revenue', 'conversion revenue'],
])('the column %s is required', async (title, name) => {
  const header = titles.split(',').map((each) => (each === title ? 'Other' : each));
  await expect(read(`${header}\n${cells}\n`)).rejects.toThrow(
    `The file lacks: ${name}. Its header`,
  );
});

test('of a header that is no header only the beginning is repeated', async () => {
  const header = Array.from({ length: 100 }, () => 'x'.repeat(100)).join(',');
  const shown = Array.from({ length: 30 }, () => 'x'.repeat(60)).join(', ');
  await expect(read(`${header}\n`)).rejects.toThrow(`Its header is: ${shown}.`);
});

test.each([
  ['an XLSX file', 'PK\u0003\u0004\u0014\0\u0006\0', /XLSX/],
  ['an empty file', '', /empty/],
  ['a file of blank lines', '\n\n', /empty/],
])('%s is refused, with what it is', async (_, file, message) => {
  await expect(read(file)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
});
