import { Readable } from 'node:stream';
import type { Sheet } from '../../documents/workbook/sheet.ts';
import { type About, closeAll, writeWorkbooks } from '../../documents/workbook/write-workbooks.ts';
import { answerTable } from '../../domain/aeo-report/answer-rows.ts';
import type { AuditReport } from '../../domain/aeo-report/audit-report.ts';
import { type ReportTable, tablesOf } from '../../domain/aeo-report/report-tables.ts';
import { readNameless } from '../../domain/nameless-file.ts';
import type { MakeReport } from './made-report.ts';

/** Make a workbook: a sheet for each level, and one with a row for each answer; on disk, until it is kept. */
export const makeWorkbook: MakeReport = async (_em, report) => {
  const { files } = await writeWorkbooks({
    sheets: [...tablesOf(report), answerTable(report)].map(toSheet),
    about: () => describe(report),
    onRows: () => undefined,
    // One file, whatever it holds: how large it may be is limited otherwise.
    rowsPerFile: Number.POSITIVE_INFINITY,
  });
  const [content = Readable.from([])] = files.map(readNameless);
  return {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
    dispose: () => closeAll(files),
  };
};

function toSheet({ title, columns, rows }: ReportTable): Sheet {
  return {
    ...{ name: title, columns, totals: [] },
    async *rows() {
      yield rows;
    },
  };
}

function describe({ audit, client, name, results, madeAt }: AuditReport): About {
  const { wanted, answered } = results.counts;
  return [
    ['Of', client.name],
    ['Audit', name],
    ['Status', audit.status],
    ['Ended', audit.finishedAt?.toISOString() ?? ''],
    ['Answers', `${answered} of ${wanted}`],
    ...(audit.errorMessage ? [['Missing', audit.errorMessage] as const] : []),
    ['Made', madeAt.toISOString()],
    ['Intervals', '95 % score intervals (Wilson); answers are taken to be independent'],
  ];
}
