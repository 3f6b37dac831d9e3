import { Readable } from 'node:stream';
import { rowsXml, workbookOf } from '../../../test/support/workbook.ts';
import type { HeaderFields } from '../../domain/column-mapping/column-mapping.entity.ts';
import type { FoundColumns } from '../columns.ts';
import type { RawRow, ReadOptions } from '../connector.ts';
import { facebook } from './facebook.ts';

/** Read a file. @returns its rows, and what is told of it as a whole. */
async function read(file: string | Buffer, options: ReadOptions = {}) {
  const rows: RawRow[] = [];
  const remarks: string[] = [];
  let found: FoundColumns | undefined;
  const batches = facebook.read(Readable.from([Buffer.from(file as string)]), {
    ...options,
    onColumns: (columns) => {
      found = columns;
    },
    onRemark: (remark) => remarks.push(remark),
  });
  for await (const batch of batches) rows.push(...batch);
  return { rows, remarks, found, fields: rows.map(({ fields }) => fields) };
}

const simple = 'Date,Campaign Name,Ad Set Name,Ad Name,Impressions,Clicks,Conversions,Revenue';
/** As Ads Manager writes it: headers of several words are quoted. */
const exported =
  '"Reporting starts","Reporting ends",Day,"Campaign name","Ad set name","Ad name","Ad delivery",Results,' +
  '"Result indicator","Cost per results","Amount spent (USD)",Impressions,Reach,Frequency,' +
  '"CPM (cost per 1,000 impressions) (USD)","Link clicks","Clicks (all)",Purchases,' +
  '"Purchases conversion value","Attribution setting","Purchase ROAS (return on ad spend)"';
const day = (date: string, names: string, facts: string) =>
  `2026-11-01,2026-11-21,${date},${names},active,${facts}`;
const facts = (
  spent: string,
  impressions: number,
  clicks: string,
  purchases: string,
  value: string,
) =>
  `9,"actions:offsite_conversion.fb_pixel_purchase",1.37,${spent},${impressions},800,1.25,12.34,${clicks},99,${purchases},${value},"7-day click",3.5`;

test('files made by hand are read, with the ad as placement and creative', async () => {
  const { rows, remarks } = await read(`${simple}\n2026-11-21,Brand,Geo,Video A,1000,20,3,45.50\n`);
  expect(rows.map(({ line, fields }) => ({ line, fields }))).toEqual([
    {
      line: 2,
      fields: {
        ...{ date: '2026-11-21', campaign: 'Brand', strategy: 'Geo', placement: 'Video A' },
        ...{ creative: 'Video A', impressions: '1000', clicks: '20', conversions: '3' },
        revenue: '45.50',
      },
    },
  ]);
  expect(remarks).toEqual([]);
});

test('an export is read by its own columns; its days are those of the breakdown', async () => {
  const names = 'Brand,"Geo, wide",Video A';
  const { fields, found } = await read(
    [
      exported,
      day('2026-11-20', names, facts('12.34', 1000, '20', '3', '45.5')),
      day('2026-11-21', names, facts('0', 0, '', '', '')),
    ].join('\n'),
    { currency: 'USD' },
  );
  expect(fields).toEqual([
    {
      ...{ date: '2026-11-20', campaign: 'Brand', strategy: 'Geo, wide', placement: 'Video A' },
      ...{ creative: 'Video A', impressions: '1000', clicks: '20', conversions: '3' },
      ...{ revenue: '45.5', mediaCost: '12.34', reach: '800' },
    },
    expect.objectContaining({ date: '2026-11-21', clicks: '0', conversions: '', mediaCost: '0' }),
  ]);
  expect(found?.used).toContainEqual({ header: 'Link clicks', field: 'clicks', position: 15 });
  expect(found?.others).toContain('Attribution setting');
});

test.each([
  ['Results', 'conversions', ['Results', 'Purchases'], ['5', '3'], '3'],
  ['no purchases', 'conversions', ['Results'], ['5'], '5'],
  ['all clicks', 'clicks', ['Clicks (all)', 'Link clicks'], ['9', '4'], '4'],
  ['no link clicks', 'clicks', ['Clicks (all)'], ['9'], '9'],
  ['the newer value', 'revenue', ['Results value'], ['7.5'], '7.5'],
])('with %s the %s are those of the best column', async (_, field, headers, cells, value) => {
  const others = ['Day', 'Campaign name', 'Ad set name', 'Ad name', 'Impressions'];
  const rest = ['Clicks', 'Conversions'].filter((each) => each.toLowerCase() !== field);
  const header = [...others, ...rest, ...headers].join(',');
  const row = ['2026-11-21', 'a', 'b', 'c', '100', ...rest.map(() => '1'), ...cells].join(',');
  expect((await read(`${header}\n${row}\n`)).fields[0]?.[field as 'clicks']).toBe(value);
});

test.each([
  ['3.5', '12.34', '43.19'],
  ['3.21428571428571', '123456.78', '396825.364285714'],
  ['', '12.34', ''],
  ['n/a', '12.34', 'n/a x 12.34'],
])(
  'without a value of its own, revenue is ROAS %j x spend %j = %j',
  async (roas, spent, revenue) => {
    const header =
      'Day,Campaign name,Ad set name,Ad name,Impressions,Link clicks,Results,Purchase ROAS (return on ad spend),Amount spent (USD)';
    const { fields } = await read(`${header}\n2026-11-21,a,b,c,100,9,1,${roas},${spent}\n`);
    expect(fields[0]?.revenue).toBe(revenue);
  },
);

test('totals without names are dropped, and what does not add up to them is told', async () => {
  const total = (date: string, impressions: number, clicks: string) =>
    day(date, ',,', facts('24.68', impressions, clicks, '', ''));
  const row = (date: string) => day(date, 'a,b,c', facts('12.34', 1000, '20', '3', '1'));
  const { rows, remarks } = await read(
    [
      ...[exported, total('', 2000, '40'), row('2026-11-20'), row('2026-11-21')],
      day('2026-11-21', ',,', facts('12.34', 1200, '20', '3', '1')),
    ].join('\n'),
  );
  expect(rows.map(({ line }) => line)).toEqual([3, 4]);
  expect(remarks).toEqual([
    "The export's total of impressions on 2026-11-21 is 1200, but its rows add up to 1000.",
  ]);
});

test('what results are is told where they are the conversions', async () => {
  const row = day('2026-11-21', 'a,b,c', facts('12.34', 1000, '20', '3', '1'));
  expect((await read(`${exported}\n${row}`)).remarks).toEqual([]);
  expect((await read(`${exported.replace(',Purchases,', ',Bought,')}\n${row}`)).remarks).toEqual([
    'Its conversions are its results: actions:offsite_conversion.fb_pixel_purchase.',
  ]);
});

test('a row that lacks only some names is kept, for the rules to reject', async () => {
  const { fields } = await read(`${simple}\n2026-11-21,Brand,,,1000,20,3,45.50\n`);
  expect(fields).toMatchObject([{ campaign: 'Brand', strategy: '', creative: '', placement: '' }]);
});

const sums = exported.replace(',Day,', ',');
const sumOf = (from: string, to: string) =>
  `${from},${to},a,b,c,active,${facts('12.34', 1000, '20', '3', '1')}`;
test('an export of a single day needs no breakdown', async () => {
  const { fields } = await read(`${sums}\n${sumOf('2026-11-21', '2026-11-21')}\n`);
  expect(fields).toMatchObject([{ date: '2026-11-21' }]);
});

test.each([
  [
    'without days',
    `${sums}\n${sumOf('2026-11-01', '2026-11-21')}\n`,
    /from 2026-11-01 to 2026-11-21.*Breakdown > By time > Day/,
  ],
  ['without dates', simple.replace('Date', 'When'), /lacks: Day\. In Ads Manager choose Breakdown/],
  [
    'in another currency',
    exported.replaceAll('USD', 'INR'),
    /amounts are in INR, the feed's in USD/,
  ],
  [
    'in another language',
    '"Inicio del informe","Nombre de la campaña",Impresiones',
    /Its header is: Inicio del informe, Nombre de la campaña, Impresiones\. None of them is known: is it in another language\?/,
  ],
  [
    'without ads',
    simple.replace('Ad Name', 'Ad Id'),
    /lacks: Ad name\. Its header is: Date, Campaign Name/,
  ],
  ['of nothing', '', /empty/],
])('a file %s is refused, with the cure', async (_, file, message) => {
  await expect(read(file, { currency: 'USD' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
});

test('columns may be mapped by hand, over what they are called', async () => {
  const header = 'Tag,Kampagne,Anzeigengruppe,Anzeige,Impressionen,Klicks,Käufe,Wert,Impressions';
  const mapping: HeaderFields = {
    ...{ Tag: 'date', Kampagne: 'campaign', Anzeigengruppe: 'strategy', Anzeige: 'creative' },
    ...{ Impressionen: 'impressions', Klicks: 'clicks', Käufe: 'conversions', wert: 'revenue' },
  };
  const { fields, found } = await read(`${header}\n2026-11-21,a,b,c,100,9,1,2.5,7\n`, { mapping });
  expect(fields).toMatchObject([
    { date: '2026-11-21', creative: 'c', impressions: '100', revenue: '2.5' },
  ]);
  expect(found?.others).toEqual(['Impressions']);
});

test('a workbook is read like its CSV, whatever its name', async () => {
  const header = simple.split(',');
  const row = ['46347', 'Brand', 'Geo', 'Video A', '1000', '20', '3', '45.5'];
  const { fields } = await read(workbookOf(rowsXml([header, row])));
  expect(fields).toMatchObject([{ date: '2026-11-21', placement: 'Video A', revenue: '45.5' }]);
});
