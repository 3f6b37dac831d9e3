import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { workbookOf, workbookParts, zipOf } from '../../../test/support/workbook.ts';
import { readTable } from './read-table.ts';
import type { TableOptions, TableRow } from './table.ts';

async function read(file: Buffer, options: Partial<TableOptions> = {}): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  const isDay = (header: string) => header === 'Date';
  const all = { isHeader: () => true, isDay, ...options };
  for await (const batch of readTable(Readable.from([file]), all)) rows.push(...batch);
  return rows;
}

/** The cells of the second row of a workbook whose first row has the header Date above each. */
async function cellsOf(row: string, ...parts: [Parameters<typeof workbookOf>[1]?]) {
  const header = '<row r="1"><c r="B1" t="str"><v>x</v></c></row>';
  return (await read(workbookOf(`${header}<row r="2">${row}</row>`, ...parts)))[1]?.cells;
}

async function write(
  sheets: Record<string, (ExcelJS.CellValue | { value: ExcelJS.CellValue; numFmt: string })[][]>,
  change: (workbook: ExcelJS.Workbook) => void = () => undefined,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  change(workbook);
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const [line, cells] of rows.entries()) {
      for (const [column, cell] of cells.entries()) {
        const to = sheet.getCell(line + 1, column + 1);
        const isStyled = cell !== null && typeof cell === 'object' && 'numFmt' in cell;
        to.value = isStyled ? cell.value : cell;
        if (isStyled) to.numFmt = cell.numFmt;
      }
    }
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

test('cells of every kind are read as what they say', async () => {
  const day = new Date(Date.UTC(2026, 10, 21));
  const file = await write({
    Report: [
      ['Date', 'Name', 'Number'],
      [{ value: day, numFmt: 'dd/mm/yy' }, 'Tomate ä €', 1000],
      [46347, ' spaces ', 45.5],
      ['2026-11-21', 'a &lt; b', { value: 0.0123, numFmt: '0.00%' }],
      [
        null,
        { richText: [{ text: 'in ' }, { text: 'pieces' }] },
        { value: 12.5, numFmt: '"mad" $#,##0.00' },
      ],
      [null, { text: 'link', hyperlink: 'https://example.com' }, { formula: 'A1*2', result: 26 }],
      [
        null,
        { formula: 'A1&"x"', result: 'made' },
        { value: 46347.5, numFmt: '[$-409]m/d/yy h:mm;@' },
      ],
      [null, true, -0.1 - 0.2],
    ],
  });
  expect((await read(file)).map(({ cells }) => cells)).toEqual([
    ['Date', 'Name', 'Number'],
    ['2026-11-21', 'Tomate ä €', '1000'],
    ['2026-11-21', ' spaces ', '45.5'],
    ['2026-11-21', 'a &lt; b', '0.0123'],
    ['', 'in pieces', '12.5'],
    ['', 'link', '26'],
    ['', 'made', '2026-11-21T12:00:00'],
    ['', 'TRUE', '-0.3'],
  ]);
});

test('days of a workbook that counts them from 1904 are the same days', async () => {
  const day = { value: new Date(Date.UTC(2026, 10, 21)), numFmt: 'yyyy-mm-dd' };
  const from1904 = await write({ Report: [['Day'], [day]] }, (workbook) => {
    workbook.properties.date1904 = true;
  });
  const properties = '<workbookPr date1904="1"/>';
  const header = '<row><c t="str"><v>Date</v></c></row>';
  const [, serial] = await read(
    workbookOf(`${header}<row><c><v>${46347 - 1462}</v></c></row>`, { properties }),
  );
  expect((await read(from1904))[1]?.cells).toEqual(['2026-11-21']);
  expect(serial?.cells).toEqual(['2026-11-21']);
});

test.each([
  ['a number that was rounded', '<c><v>1.20253E+17</v></c>', '1.20253E+17'],
  ['one of 16 digits', '<c><v>1202530000000001</v></c>', '1.202530000000001E+15'],
  ['a tiny one', '<c><v>1.5E-7</v></c>', '0.00000015'],
  ['one with noise', '<c><v>0.30000000000000004</v></c>', '0.3'],
  ['a formula without a value', '<c><f>A1&amp;B1</f></c>', '=A1&B1'],
  ['a formula whose value is empty', '<c t="str"><f>A1</f><v></v></c>', ''],
  ['a formula that failed', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
  ['a day of its own kind', '<c t="d"><v>2026-11-21</v></c>', '2026-11-21'],
  ['inline text', '<c t="inlineStr"><is><r><t>in </t></r><r><t>two</t></r></is></c>', 'in two'],
  [
    'text with how it sounds',
    '<c t="inlineStr"><is><t>東京</t><rPh><t>トウキョウ</t></rPh></is></c>',
    '東京',
  ],
  ['a text that is not there', '<c t="s"><v>99</v></c>', ''],
  ['prefixed elements', '<x:c t="str"><x:v>x</x:v></x:c>', 'x'],
])('%s is read', async (_, cell, text) => {
  expect(await cellsOf(`${cell}<c><v>1</v></c>`)).toEqual([text, '1']);
});

test('cells stand where their addresses say, and rows have their numbers', async () => {
  const rows =
    '<row r="3"><c r="A3" t="str"><v>a</v></c><c r="C3"><v>3</v></c></row><row r="4"/>' +
    '<row r="7"><c r="AB7"><v>28</v></c></row><row><c><v>8</v></c></row>';
  expect(await read(workbookOf(rows))).toEqual([
    { line: 3, cells: ['a', '', '3'] },
    { line: 7, cells: [...Array.from({ length: 27 }, () => ''), '28'] },
    { line: 8, cells: ['8'] },
  ]);
});

test('shared texts may be in pieces, beside how they sound', async () => {
  const sharedStrings =
    '<sst><si><t>one</t></si><si><r><t>in </t></r><r><t xml:space="preserve">two </t></r></si>' +
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>';
  const cells = [0, 1, 2].map((index) => `<c t="s"><v>${index}</v></c>`).join('');
  expect(await cellsOf(cells, { sharedStrings })).toEqual(['one', 'in two ', '東京']);
});

test('the first sheet with the header is read, or the one that is named', async () => {
  const cover = [['Report for you']];
  const file = await write({
    Empty: [],
    Cover: cover,
    Report: [['Date'], [1]],
    Old: [['Date'], [2]],
  });
  const isHeader = ([first]: string[]) => first === 'Date';
  const second = async (options: Partial<TableOptions>) =>
    (await read(file, options)).at(-1)?.cells;
  expect(await second({ isHeader, isDay: () => false })).toEqual(['1']);
  expect(await second({ isHeader, isDay: () => false, sheet: 'Old' })).toEqual(['2']);
  expect(await second({ isHeader: () => false })).toEqual(cover[0]);
  await expect(read(file, { sheet: 'New' })).rejects.toThrow(
    'no sheet "New". It has: Empty, Cover, Report, Old.',
  );
});

const good = workbookParts('<row><c><v>1</v></c></row>');
const sheet = 'xl/worksheets/sheet1.xml';
const book = 'xl/workbook.xml';
const { [sheet]: _, ...withoutSheet } = good;
test.each([
  ['another ZIP file', zipOf({ 'notes.txt': 'hello' }), /no XLSX workbook/],
  ['a workbook without its sheet', zipOf(withoutSheet), /it lacks xl\/worksheets\/sheet1.xml/],
  ['XML that is none', zipOf({ ...good, [sheet]: '<worksheet><row></worksheet>' }), /damaged/],
  ['half a workbook', zipOf(good).subarray(0, 400), /damaged, or was cut off/],
  ['a bomb that owns up', zipOf(good, { [sheet]: 3_000_000_000 }), /too large.*2000 MB/],
  ['a bomb that lies', zipOf({ ...good, [sheet]: ' '.repeat(1e6) }, { [sheet]: 100 }), /damaged/],
  ['a cell without an end', workbookOf(`<row><c t="str"><v>${'x'.repeat(3e6)}`), /a million/],
  [
    'a cell in endless pieces',
    workbookOf(`<row><c t="str"><v>${`${'x'.repeat(60_000)}<x/>`.repeat(2)}</v></c></row>`),
    /row 1 has over 100000 characters/,
  ],
  [
    'a row that no sheet has',
    workbookOf('<row r="3000000000"><c><v>1</v></c></row>'),
    /not one of/,
  ],
  [
    'endless sheets',
    zipOf({ ...good, [book]: good[book].replace(/<sheet .*?>/, '$&'.repeat(1001)) }),
    /1000 sheets/,
  ],
  ['endless depth', workbookOf('<a>'.repeat(1000)), /too deep/],
  ['endless width', workbookOf('<row><c r="XFD1"><v>1</v></c></row>'), /1000 columns/],
  [
    'entities within entities',
    workbookOf('<row><c t="str"><v>&lol;</v></c></row>', {
      sharedStrings: '<!DOCTYPE a [<!ENTITY lol "x">]><sst/>',
    }),
    /damaged/,
  ],
])('%s is refused', async (_, file, message) => {
  await expect(read(file)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
});

test('a workbook may be left amid its rows, and is closed then', async () => {
  const rows = '<row><c><v>1</v></c></row>'.repeat(50_000);
  const file = Readable.from([workbookOf(rows)]);
  for await (const batch of readTable(file, { isHeader: () => true, isDay: () => false })) {
    expect(batch.length).toBeLessThan(50_000);
    break;
  }
  expect(file.destroyed).toBe(true);
});

test('a workbook without rows has none', async () => {
  expect(await read(workbookOf(''))).toEqual([]);
});

const encodings: ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
];

test('a table reads the same as CSV of any dialect and as a workbook', async () => {
  const anyCell = fc.string({
    unit: fc.constantFrom('a', 'ä', 'ß', ' ', ',', ';', '"', '\t', '&', '<', '1'),
  });
  const anyRow = fc.tuple(fc.constantFrom('x', 'Größe'), anyCell, anyCell);
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom(...encodings),
      async (rows, delimiter, eol, encode) => {
        const table = [['Name', 'Note', 'Other'], ...rows];
        const quoted = table.map((cells) =>
          cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter),
        );
        const csv = (await read(encode(quoted.join(eol)))).map(({ cells }) => cells);
        const xlsx = (await read(await write({ Report: table }))).map(({ cells }) => cells);
        expect(csv).toEqual(table);
        // A sheet has no empty cells at the end of a row.
        const padded = xlsx.map((cells) => [...cells, '', ''].slice(0, 3));
        expect(padded).toEqual(table);
      },
    ),
    { numRuns: 60 },
  );
});
