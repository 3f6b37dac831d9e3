import { z } from 'zod';
import { MetricsExport } from '../domain/metrics-export/metrics-export.entity.ts';
import {
  fileOf,
  nameOf,
  type OpenedExport,
  openExport,
} from '../domain/metrics-export/open-export.ts';
import type { Reading } from '../domain/reading.ts';
import { defineJob, type JobContext } from './define-job.ts';
import type { MakeFile } from './export-metrics/made-file.ts';
import { makeCsv } from './export-metrics/make-csv.ts';
import { makePdf } from './export-metrics/make-pdf.ts';
import { makeWorkbook } from './export-metrics/make-workbook.ts';
import { keepFile } from './keep-file.ts';

const makers: Record<MetricsExport['format'], MakeFile> = {
  CSV: makeCsv,
  XLSX: makeWorkbook,
  PDF: makePdf,
};

/**
 * Make the file of an export, as whoever asked for it sees its rows by now.
 *
 * Idempotent: a retry makes the same file anew, and none twice; one that is broken off leaves none.
 */
export const exportMetrics = defineJob({
  name: 'export-metrics',
  queue: 'exports',
  payload: z.object({ exportId: z.uuid() }),
  attempts: 3,
  timeoutMs: 60 * 60_000,
  backoffMs: 5_000,

  async process({ exportId }, context) {
    const opened = await context.read((em) => openExport(em, exportId));
    const { signal } = context;
    signal.throwIfAborted();
    const reading = await context.openReading(opened.viewer);
    const abandon = () => reading.abandon();
    signal.addEventListener('abort', abandon, { once: true });
    try {
      await makeFile(opened, reading, context);
      await reading.end();
    } catch (error) {
      reading.abandon();
      throw error;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  },
});

async function makeFile(
  opened: OpenedExport,
  reading: Reading,
  context: JobContext,
): Promise<void> {
  const { id, format } = opened.wanted;
  const made = await makers[format](reading, opened, (done) =>
    context.report({ stage: 'WRITE', done, total: null }),
  );
  try {
    const { extension, contentType, content, rowCount } = made;
    const file = { ...fileOf(opened), name: `${nameOf(opened)}.${extension}`, contentType };
    await keepFile(
      context,
      file,
      (keep) => keep(content),
      (em) => em.nativeUpdate(MetricsExport, id, { rowCount: rowCount() }),
    );
  } finally {
    made.content.destroy();
    await made.dispose?.();
  }
}
