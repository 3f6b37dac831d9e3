import { checkRows, type FoundRow } from './check-rows.ts';
import type { MediaRow } from './row-rules.ts';
import { noRows } from './settle-slice.ts';

const check = {
  day: '2026-11-21',
  latestDay: '2026-11-22',
  severities: {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    CONVERSIONS_EXCEED_CLICKS: 'WARNING',
    CTR_DIFFERS: 'WARNING',
  },
  lineOf: ({ creative, clicks }: MediaRow) => `${creative} ${clicks}\n`,
} as const;

function found(line: number, clicks: string, conversions = '0', ctr = ''): FoundRow {
  const names = { campaign: 'Brand', strategy: 'Geo', placement: 'CTV', creative: '300x250' };
  return {
    line,
    cells: [`cells of line ${line}`],
    fields: { ...names, date: '2026-11-21', impressions: '100', clicks, conversions, ctr },
  };
}

test('good rows become lines to copy, bad ones are kept as they came with their reasons', () => {
  const counts = noRows();
  const rows = [found(2, '10'), found(4, '101'), found(5, '-'), found(6, '20')];
  expect(checkRows(rows, check, counts)).toMatchObject({
    lines: '300x250 10\n300x250 20\n',
    rejects: [
      {
        line: 4,
        cells: ['cells of line 4'],
        reasons: [
          { rule: 'CLICKS_EXCEED_IMPRESSIONS', message: 'clicks (101) exceed impressions (100)' },
        ],
      },
      {
        line: 5,
        cells: ['cells of line 5'],
        reasons: [{ rule: 'NOT_A_NUMBER', message: 'clicks "-" is not a number' }],
      },
    ],
  });
  expect(counts).toMatchObject({ rowsRead: 4, rowsRejected: 2, warnings: {} });
});

test('a row that only earns warnings is good, and each of them is counted', () => {
  const counts = noRows();
  const rows = [found(2, '10', '11', '0.9'), found(3, '10', '12'), found(4, '10', '1', '0.1')];
  const { lines, rejects } = checkRows(rows, check, counts);
  expect([lines.split('\n').length - 1, rejects]).toEqual([3, []]);
  expect(counts).toMatchObject({
    rowsRead: 3,
    rowsRejected: 0,
    warnings: { CONVERSIONS_EXCEED_CLICKS: 2, CTR_DIFFERS: 1 },
  });
});

test('counts go on from batch to batch', () => {
  const counts = noRows();
  checkRows([found(2, '10', '11'), found(3, 'x')], check, counts);
  checkRows([found(4, '10', '11'), found(5, '1')], check, counts);
  checkRows([], check, counts);
  expect(counts).toMatchObject({
    rowsRead: 4,
    rowsRejected: 1,
    warnings: { CONVERSIONS_EXCEED_CLICKS: 2 },
  });
});
