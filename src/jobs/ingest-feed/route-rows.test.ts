import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import { routeRows } from './route-rows.ts';

const slices = ['2026-10-02', '2026-10-04'].map((date) => ({ date }) as RunSlice);
const range = { from: '2026-10-01', to: '2026-10-05' };
const rowsOf = (...dates: (string | undefined)[]) =>
  dates.map((date, index) => ({ line: index + 2, cells: [], fields: date ? { date } : {} }));
const route = (rows: ReturnType<typeof rowsOf>, delivery = { slices, range }) =>
  [...routeRows(rows, delivery)].map(([{ date }, own]) => [date, own.map(({ line }) => line)]);

test('rows go to the days that they are of, however the day is written', () => {
  const rows = rowsOf('2026-10-04', '2026-10-02', ' 2026-10-04T00:00:00Z', '2026-10-02 00:00:00');
  expect(route(rows)).toEqual([
    ['2026-10-04', [2, 4]],
    ['2026-10-02', [3, 5]],
  ]);
});

test('rows of days that are loaded already are passed over', () => {
  expect(route(rowsOf('2026-10-01', '2026-10-03', '2026-10-05'))).toEqual([]);
});

test('rows of no day, and of days that were not asked for, go to the nearest one', () => {
  expect(route(rowsOf('2026-10-06', '2026-09-30', 'yesterday', undefined, '2026-10-32'))).toEqual([
    ['2026-10-04', [2]],
    ['2026-10-02', [3, 4, 5, 6]],
  ]);
});

test('all rows of a file of one day are that day', () => {
  const day = { slices: slices.slice(0, 1), range: { from: '2026-10-02', to: '2026-10-02' } };
  expect(route(rowsOf('2026-10-02', '2026-10-03', 'x'), day)).toEqual([['2026-10-02', [2, 3, 4]]]);
});
