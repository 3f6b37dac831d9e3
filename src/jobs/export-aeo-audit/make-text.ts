import { Readable } from 'node:stream';
import { findingColumns, findingRows } from '../../domain/aeo-report/answer-rows.ts';
import type { AuditReport } from '../../domain/aeo-report/audit-report.ts';
import { toJson } from '../../domain/aeo-report/report-json.ts';
import { byteOrderMark, csvCell } from '../../domain/csv-cell.ts';
import type { MakeReport } from './made-report.ts';

/** Make JSON of the whole report. */
export const makeJson: MakeReport = async (_em, report) => ({
  contentType: 'application/json',
  content: Readable.from([toJson(report)], { objectMode: false }),
});

/** Make CSV (RFC 4180): a line for each answer and brand. */
export const makeCsv: MakeReport = async (_em, report) => ({
  contentType: 'text/csv; charset=utf-8',
  content: Readable.from(linesOf(report), { objectMode: false }),
});

/** Made as they are taken: of many answers and brands there are more than a process should hold at once. */
function* linesOf(report: AuditReport): Generator<string> {
  yield `${byteOrderMark}${findingColumns.map(({ key }) => key).join(',')}\r\n`;
  for (const answer of report.answers) {
    const lines = findingRows(answer, report).map((row) =>
      findingColumns.map(({ key, unit }) => csvCell(row[key], unit === null)).join(','),
    );
    yield `${lines.join('\r\n')}\r\n`;
  }
}
