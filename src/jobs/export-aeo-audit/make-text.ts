import { Readable } from 'node:stream';
import { brandTable } from '../../domain/aeo-report/answer-rows.ts';
import { toJson } from '../../domain/aeo-report/report-json.ts';
import { byteOrderMark, csvCell } from '../../domain/csv-cell.ts';
import type { MakeReport } from './made-report.ts';

/** Make JSON of the whole report. */
export const makeJson: MakeReport = async (_em, report) => ({
  contentType: 'application/json',
  content: Readable.from([toJson(report)], { objectMode: false }),
});

/** Make CSV (RFC 4180): a line for each answer and brand. */
export const makeCsv: MakeReport = async (_em, report) => {
  const { columns, rows } = brandTable(report);
  const lines = rows.map((row) =>
    columns.map(({ key, unit }) => csvCell(row[key], unit === null)).join(','),
  );
  const header = columns.map(({ key }) => key).join(',');
  const text = [header, ...lines, ''].join('\r\n');
  return {
    contentType: 'text/csv; charset=utf-8',
    content: Readable.from([byteOrderMark + text], { objectMode: false }),
  };
};
