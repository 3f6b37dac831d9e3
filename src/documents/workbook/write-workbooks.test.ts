import exceljs from 'exceljs';
import type { Column } from '../../domain/metric-rows/columns.ts';
import type { Row } from '../../domain/metric-rows/order-rows.ts';
import { readNameless } from '../../domain/nameless-file.ts';
import { closeAll, writeWorkbooks } from './write-workbooks.ts';

const columns: Column[] = [
  { key: 'campaign', label: 'Campaign', type: 'TEXT', unit: null, isAdditive: false },
  { key: 'currency', label: 'Currency', type: 'TEXT', unit: null, isAdditive: false },
  { key: 'impressions', label: 'Impressions', type: 'INTEGER', unit: 'COUNT', isAdditive: true },
  { key: 'spend', label: 'Spend', type: 'DECIMAL', unit: 'CURRENCY', isAdditive: true },
  { key: 'cpm', label: 'CPM', type: 'DECIMAL', unit: 'CURRENCY', isAdditive: false },
];
const rows: Row[] = Array.from({ length: 5 }, (_, index) => ({
  ...{
    campaign: index === 1 ? '\uffff\ud800' : `=${index}`,
    currency: index < 4 ? 'USD' : 'EUR',
    impressions: '1000',
  },
  ...{ spend: '-1.5', cpm: '-1.5' },
}));
const totals: Row[] = [
  { currency: 'EUR', impressions: '1000', spend: '-1.5', cpm: '-1.5' },
  { currency: 'USD', impressions: '4000', spend: '-6', cpm: '-1.5' },
];

async function write(rowsPerFile: number): Promise<exceljs.Worksheet[][]> {
  const { files, rowCount } = await writeWorkbooks({
    sheets: [
      {
        ...{ name: 'Campaigns', columns, totals },
        async *rows() {
          yield rows.slice(0, 2);
          yield rows.slice(2);
        },
      },
    ],
    about: (count) => [['Rows', String(count)]],
    ...{ rowsPerFile, onRows: () => undefined },
  });
  expect(rowCount).toBe(rows.length);
  const books = await Promise.all(
    files.map((file) => new exceljs.Workbook().xlsx.read(readNameless(file))),
  );
  await closeAll(files);
  return books.map(({ worksheets }) => worksheets);
}

test('currencies are summed apart, texts are no formulas, and what is below zero is a number', async () => {
  const [[sheet, about] = []] = await write(100);
  expect(sheet?.getCell('A2').value).toBe('=0');
  expect(sheet?.getCell('A3').value).toBe('\ufffd\ufffd');
  expect(sheet?.getCell('D2').value).toBe(-1.5);
  expect(sheet?.getRow(8).values).toEqual([
    undefined,
    ...['Total USD', undefined],
    { formula: 'SUMIF(B2:B6,"USD",C2:C6)', result: 4000 },
    { formula: 'SUMIF(B2:B6,"USD",D2:D6)', result: -6 },
    {
      formula: 'IFERROR(SUMIF(B2:B6,"USD",D2:D6)/SUMIF(B2:B6,"USD",C2:C6)*1000,"")',
      result: -1.5,
    },
  ]);
  expect(about?.getCell('B1').value).toBe('5');
});

test('where a file is full the next one begins, and the last has the totals of all', async () => {
  const files = await write(2);
  expect(files.map((sheets) => sheets.map(({ name }) => name))).toEqual([
    ['Campaigns'],
    ['Campaigns'],
    ['Campaigns', 'About'],
  ]);
  const firstColumns = files.map(([sheet]) => sheet?.getColumn(1).values.slice(1));
  const sums = ['Total of this file EUR', 'Total of this file USD'];
  expect(firstColumns).toEqual([
    ['Campaign', '=0', '\ufffd\ufffd', ...sums],
    ['Campaign', '=2', '=3', ...sums],
    ['Campaign', '=4', sums[0], 'Total of all files EUR', sums[1], 'Total of all files USD'],
  ]);
  expect(files[1]?.[0]?.getCell('C5').value).toEqual({
    formula: 'SUMIF(B2:B3,"USD",C2:C3)',
    result: 2000,
  });
  expect(files[2]?.[0]?.getCell('D6').value).toBe(-6);
});
