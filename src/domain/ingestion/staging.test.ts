import fc from 'fast-check';
import { checkRow, type MediaRow } from './row-rules.ts';
import { createStager, stagingColumns } from './staging.ts';

const slice = '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11';
const otherSlice = '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f12';
const fence = 3;
const row = {
  campaign: 'Brand',
  strategy: 'Geo',
  placement: 'CTV',
  creative: '300x250',
  impressions: '1000',
  clicks: '20',
  conversions: '3.5',
  revenue: '45.5',
  mediaCost: null,
  completedViews: '900',
  reach: null,
};

/** Read a line as COPY does: `\` makes the next character plain where it stands for none other. */
function readCopyLine(line: string): string[] {
  expect(line.endsWith('\n')).toBe(true);
  return line
    .slice(0, -1)
    .split('\t')
    .map((cell) => (cell === '\\N' ? 'NULL' : cell.replaceAll(/\\(.)/gs, '$1')));
}

/** The cells of a row that is the first of its slice. */
function cellsOf(first: MediaRow): string[] {
  return readCopyLine(createStager(fence).lineOf(slice, first));
}

test('a row is one line of tabbed cells, in the order of the columns', () => {
  const line = createStager(fence).lineOf(slice, row);
  expect(line).toBe(
    `${slice}\t3\t1\tBrand\tGeo\tCTV\t300x250\t1000\t20\t3.5\t45.5\t\\N\t900\t\\N\n`,
  );
  const cells = readCopyLine(line);
  const { mediaCost: _, completedViews, reach: __, ...others } = row;
  expect(Object.fromEntries(stagingColumns.map((column, index) => [column, cells[index]]))).toEqual(
    {
      ...{ run_slice_id: slice, fence: '3', path: '1', ...others },
      ...{ media_cost: 'NULL', completed_views: completedViews, reach: 'NULL' },
    },
  );
});

test('a path is named by its first row in each slice, and by its number in the others', () => {
  const stager = createStager(fence);
  const paths = (
    [
      [slice, row],
      [slice, { ...row, creative: '728x90' }],
      [slice, { ...row, placement: 'Audio' }],
      [otherSlice, row],
      [slice, row],
    ] as const
  ).map(([id, each]) => readCopyLine(stager.lineOf(id, each)).slice(2, 6).join());
  expect(paths).toEqual([
    '1,Brand,Geo,CTV',
    '1,NULL,NULL,NULL',
    '2,Brand,Geo,Audio',
    '3,Brand,Geo,CTV',
    '1,NULL,NULL,NULL',
  ]);
});

test('of many paths some are forgotten, and named again under other numbers', () => {
  const stager = createStager(fence);
  const said = new Map<string, string>();
  for (let time = 0; time < 2; time++) {
    for (let each = 0; each < 60_000; each++) {
      const [, , path = '', campaign = ''] = stager
        .lineOf(slice, { ...row, campaign: `Brand ${each}` })
        .split('\t');
      if (campaign !== '\\N') said.set(path, campaign);
      expect(said.get(path)).toBe(`Brand ${each}`);
    }
  }
  expect(said.size).toBeGreaterThan(60_000);
});

test.each([
  ['a\\b', 'a\\\\b'],
  // Unescaped, these would be NULL, the end of the data, and a tab.
  ['\\N', '\\\\N'],
  ['\\.', '\\\\.'],
  ['\\t\\', '\\\\t\\\\'],
])('the name %j is written as %j in every column of names', (name, written) => {
  const names = { campaign: name, strategy: name, placement: name, creative: name };
  const cells = createStager(fence)
    .lineOf(slice, { ...row, ...names })
    .split('\t');
  expect(cells.slice(3, 7)).toEqual([written, written, written, written]);
});

test('names that pass the rules come back from COPY as they were', () => {
  const anyName = fc.string({ unit: fc.oneof(fc.constantFrom(...'\\\t\r\n N.'), fc.string()) });
  const severities = {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    CONVERSIONS_EXCEED_CLICKS: 'ERROR',
    CTR_DIFFERS: 'ERROR',
  } as const;
  fc.assert(
    fc.property(anyName, anyName, (campaign, creative) => {
      const { mediaCost: _, reach: __, ...facts } = row;
      const fields = { ...facts, date: '2026-11-21', campaign, creative };
      const checked = checkRow(fields, '2026-11-21', '2026-11-21', severities);
      fc.pre(checked.problems.length === 0);
      const cells = cellsOf(checked.row);
      expect([cells[3], cells[6]]).toEqual([checked.row.campaign, checked.row.creative]);
    }),
  );
});
