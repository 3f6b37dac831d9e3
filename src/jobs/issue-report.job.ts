import { z } from 'zod';
import { beginReport } from '../domain/client-report/begin-report.ts';
import { finishReport, takeSnapshot } from '../domain/client-report/finish-report.ts';
import { fileOfReport, nameOfReport, openReport } from '../domain/client-report/open-report.ts';
import { issuing } from '../domain/client-report/schedule-report.ts';
import { defineJob } from './define-job.ts';
import { writeRows } from './export-metrics/write-rows.ts';
import { keepFile } from './keep-file.ts';

/**
 * Issue a report: the one that was asked for, or the next one of a definition's schedule. File, figures and the versions
 * of what they come from are of one instant, and frozen together; then it is mailed.
 *
 * Idempotent: a retry goes on with the same report, and none is issued or mailed twice.
 */
export const issueReport = defineJob({
  name: issuing,
  queue: 'exports',
  payload: z.object({ definitionId: z.uuid() }),
  attempts: 5,
  timeoutMs: 60 * 60_000,
  backoffMs: 10_000,

  async process({ definitionId }, context) {
    const { read, write, run, cipher, log } = context;
    const report = await write((em) => beginReport(em, definitionId, run.id));
    if (!report || report.issuedAt) return log.info({ definitionId }, 'no report to issue');
    const opened = await read((em) => openReport(em, report.id));
    await writeRows(context, {
      format: report.format,
      rows: opened,
      readBeside: (em) => takeSnapshot(em, report),
      async keep({ extension, contentType, content, rowCount }, snapshot) {
        const name = `${nameOfReport(opened)}.${extension}`;
        await keepFile(
          context,
          { ...fileOfReport(opened), name, contentType },
          (keep) => keep(content),
          (em, postbox, kept) =>
            finishReport(em, cipher, postbox, opened, {
              ...{ ...snapshot, ...kept },
              rowCount: rowCount(),
            }),
        );
      },
    });
  },
});
