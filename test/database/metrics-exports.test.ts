import exceljs from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { addFeed } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { type MetricsExports, openMetricsExports } from '../support/metrics-exports.ts';
import { drawPdf, readPdf } from '../support/read-pdf.ts';

let exports: MetricsExports;
let owner: MetricsExports['owner'];

const awkward = ['=HYPERLINK("http://x")', '-Größe, "A"\nzweite Zeile', 'Ordinary ß € é'];
const january = { from: '2026-01-01', to: '2026-01-31' };
const metrics = ['IMPRESSIONS', 'CLICKS', 'SPEND', 'CTR', 'CPM'];

beforeAll(async () => {
  exports = await openMetricsExports();
  ({ owner } = exports);
  const { put, people, client } = exports;
  await put([
    // the days before, which January is compared with
    { date: '2025-12-05', campaign: awkward[2] as string, impressions: 2000, spend: '30' },
    ...awkward.flatMap((campaign, index) =>
      [1, 2, 4].map((day) => ({
        ...{ date: `2026-01-0${day}`, campaign, media_cost: index === 0 ? '20' : '1' },
        ...{
          impressions: 1000 * (index + 1),
          clicks: 10 + day,
          spend: `${15 * (index + 1)}.123456789`,
        },
      })),
    ),
  ]);
  // What a source does not report is empty, and its ratios leave such rows out.
  const settings = { name: 'Streaming', keyPattern: 'streaming-{date}.csv' };
  const streaming = await addFeed(people.agency, client, settings);
  await put([{ date: '2026-01-01', campaign: 'Television', clicks: null }], streaming);
  await people.rows(
    `insert into fact_changes (organization_id, client_id, feed_id, date, version, cause, cause_id)
     values (app_organization(), ?, ?, '2026-01-02', 2, 'INGESTION', gen_random_uuid())`,
    [client.id, exports.feed.id],
  );
});
afterAll(() => exports.close());

/** What the graph answers to the same question. */
async function rowsOf(dimensions: string[], asked = metrics, range = january): Promise<Answer> {
  return exports.people.told(
    owner,
    `query ($dimensions: [Dimension!]!, $metrics: [MetricName!]!, $range: DateRangeInput!) {
       metricRows(dimensions: $dimensions, metrics: $metrics, range: $range, first: 1000) {
         columns { key type } rows totals } }`,
    { dimensions, metrics: asked, range },
  );
}

describe('an export as CSV', () => {
  test('has the rows of the graph by RFC 4180, texts that are no formulas, and negative numbers', async () => {
    const dimensions = ['DATE', 'CAMPAIGN'];
    const asked = [...metrics, 'MARGIN'];
    const input = { format: 'CSV', dimensions, metrics: asked, range: january };
    const { made, bytes } = await exports.fetch(owner, {
      ...input,
      options: { byteOrderMark: true },
    });
    const text = Buffer.from(bytes).toString();
    expect(text.charCodeAt(0)).toBe(0xfeff);
    // Outside of quotes, lines end with CRLF and nothing else.
    expect(text.replaceAll(/"[^"]*"/g, '').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);

    const { data, errors } = Papa.parse<string[]>(text, { newline: '\r\n' });
    expect(errors).toEqual([]);
    const { columns, rows } = await rowsOf(dimensions, asked);
    const [header, ...lines] = data.slice(0, -1);
    expect(header).toEqual(columns.map(({ key }: Answer) => key));
    expect(lines).toHaveLength(rows.length);
    expect(made).toMatchObject({
      rowCount: rows.length,
      from: january.from,
      jobRun: { stage: 'WRITE' },
    });
    const nameAt = header?.indexOf('campaign') ?? -1;
    for (const [index, line] of lines.entries()) {
      const expected = rows[index].map((cell: unknown) => (cell === null ? '' : String(cell)));
      if (/^[=-]/.test(expected[nameAt])) expected[nameAt] = `'${expected[nameAt]}`;
      expect(line).toEqual(expected);
    }
    expect(lines.some((line) => line.at(-1) === '-4.876543211')).toBe(true);
    expect(made.file).toMatchObject({
      name: 'metrics_2026-01-01_2026-01-31.csv',
      sizeBytes: bytes.length,
    });
  });
});

describe('an export as XLSX', () => {
  test('has a sheet for each level, typed cells under a frozen line, and totals by formula', async () => {
    const { clientId, client } = exports;
    const dimensions = ['CAMPAIGN', 'CREATIVE', 'DATE'];
    const input = {
      format: 'XLSX',
      dimensions,
      metrics,
      range: january,
      filters: { clientIds: [clientId] },
    };
    const { made, bytes } = await exports.fetch(owner, input);
    expect(made).toMatchObject({
      client: { name: client.name },
      file: { name: `${client.name}_2026-01-01_2026-01-31.xlsx` },
    });
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytes.buffer as ArrayBuffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Campaigns', 'Creatives', 'About']);
    for (const [name, of] of [
      ['Campaigns', ['CAMPAIGN', 'DATE']],
      ['Creatives', dimensions],
    ] as const) {
      const sheet = book.getWorksheet(name) as exceljs.Worksheet;
      const { columns, rows, totals } = await rowsOf([...of]);
      expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
      const at = (key: string) => columns.findIndex((column: Answer) => column.key === key) + 1;
      expect(sheet.rowCount).toBe(rows.length + 2);
      for (const [index, row] of rows.entries()) {
        const cells = sheet.getRow(index + 2);
        expect(cells.getCell(at('campaign')).value).toBe(row[at('campaign') - 1]);
        expect(cells.getCell(at('date')).value).toEqual(
          new Date(`${row[at('date') - 1]}T00:00:00Z`),
        );
        expect(cells.getCell(at('impressions')).value).toBe(row[at('impressions') - 1]);
        expect(cells.getCell(at('spend')).value).toBe(Number(row[at('spend') - 1]));
        expect(cells.getCell(at('ctr')).value).toBe(row[at('ctr') - 1]);
      }
      const total = sheet.getRow(rows.length + 2);
      expect(total.getCell(at('campaign')).value).toBe('Total');
      for (const key of ['impressions', 'spend', 'cpm']) {
        expect(total.getCell(at(key)).result).toBeCloseTo(Number(totals[0][at(key) - 1]), 9);
      }
      expect(total.getCell(at('ctr')).value).toBe(totals[0][at('ctr') - 1]);
      const letter = sheet.getColumn(at('spend')).letter;
      expect(total.getCell(at('spend')).formula).toBe(
        `SUM(${letter}2:${letter}${rows.length + 1})`,
      );
      expect(total.getCell(at('spend')).numFmt).toBe('[$USD] #,##0.00');
      expect(total.getCell(at('ctr')).numFmt).toBe('0.000%');
      expect(sheet.getColumn(at('campaignId')).hidden).toBe(true);
    }
  });
});

describe('an export as PDF', () => {
  test('tells what the graph tells, with gaps, restated days and page numbers, in the colours and letters of its own', async () => {
    const logo =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    const look = await exports.people.told(
      owner,
      'mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { organization { logoSha256 primaryColor } } }',
      { input: { logo, primaryColor: '#0A7A4B' } },
    );
    expect(look.organization).toEqual({
      logoSha256: expect.stringMatching(/^\w{64}$/),
      primaryColor: '#0a7a4b',
    });
    const dimensions = ['CAMPAIGN', 'DATE'];
    const input = {
      format: 'PDF',
      dimensions,
      metrics,
      range: january,
      options: { locale: 'de-DE' },
    };
    const { bytes } = await exports.fetch(owner, input);
    const pages = await readPdf(bytes);
    const [cover, ...rest] = pages;
    expect(cover).toContain('Performance report');
    expect(cover).toContain('01.01.2026 – 31.01.2026');
    for (const [index, page] of pages.entries())
      expect(page).toContain(`${index + 1} / ${pages.length}`);

    const text = rest.join(' ');
    const { rows, totals, columns } = await rowsOf(dimensions);
    const german = (value: unknown, options: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat('de-DE', options).format(value as number).replaceAll('\u00a0', ' ');
    const money = { style: 'currency', currency: 'USD' } as const;
    const rate = { style: 'percent', minimumFractionDigits: 3 } as const;
    const cell = (row: unknown[], key: string) =>
      row[columns.findIndex((column: Answer) => column.key === key)];
    for (const row of [...totals, ...rows]) {
      expect(text).toContain(german(cell(row, 'impressions'), {}));
      expect(text).toContain(german(cell(row, 'spend'), money));
      if (cell(row, 'ctr') !== null) expect(text).toContain(german(cell(row, 'ctr'), rate));
    }
    for (const name of awkward) expect(text).toContain(name.replaceAll('\n', ' '));
    const [before] = (await rowsOf([], ['SPEND'], { from: '2025-12-01', to: '2025-12-31' })).totals;
    expect(text).toContain(`from ${german(before.at(-1), money)}`);
    expect(text).toContain('CTR: over the rows that report both sides');
    expect(text).toContain('No data: Surfside, 03.01.2026: not loaded yet');
    expect(text).toContain('Most of the days compared with have no data');
    expect(text).toContain('No data of the days compared with: Surfside, ');
    expect(text).toContain('Restated: Surfside, 02.01.2026: changed once');

    const pictures = await drawPdf(bytes);
    // Only where pages can be drawn: then each is a picture with something on it.
    for (const picture of pictures ?? []) expect(picture.length).toBeGreaterThan(1000);
    if (pictures) expect(pictures).toHaveLength(pages.length);
  });
});

test('a range without data exports an honest empty document in every format', async () => {
  const range = { from: '2024-02-01', to: '2024-02-29' };
  const input = { dimensions: ['CAMPAIGN'], metrics, range };
  const csv = await exports.fetch(owner, { ...input, format: 'CSV' });
  expect(strFromU8(csv.bytes)).toBe(
    'campaignId,campaign,currency,impressions,clicks,spend,ctr,cpm\r\n',
  );
  expect(csv.made.rowCount).toBe(0);
  const xlsx = await exports.fetch(owner, { ...input, format: 'XLSX' });
  const parts = unzipSync(xlsx.bytes);
  expect(strFromU8(parts['xl/worksheets/sheet1.xml'] as Uint8Array)).not.toContain('<row r="2"');
  expect(strFromU8(parts['xl/worksheets/sheet2.xml'] as Uint8Array)).toContain(
    'some days of some feeds have no data',
  );
  const pdf = await exports.fetch(owner, { ...input, format: 'PDF' });
  const text = (await readPdf(pdf.bytes)).join(' ');
  expect(text).toContain('There are no data of these days.');
  expect(text).toContain('Surfside, Feb 1, 2024 – Feb 29, 2024: before the first data');
  expect(text).not.toMatch(/\$0|\b0\.000/);
});
