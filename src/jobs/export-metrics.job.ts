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
import { keepFile } from './keep-file.ts';

/** What writes documents takes a process a second and 100 MB to load: it is, when one is first wanted. */
const makers: Record<MetricsExport['format'], () => Promise<MakeFile>> = {
  CSV: async () => makeCsv,
  XLSX: async () => (await import('./export-metrics/make-workbook.ts')).makeWorkbook,
  PDF: async () => (await import('./export-metrics/make-pdf.ts')).makePdf,
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
    context.signal.throwIfAborted();
    const reading = endedOnce(await context.openReading(opened.viewer));
    context.signal.addEventListener('abort', reading.abandon, { once: true });
    try {
      await makeFile(opened, reading, context);
    } finally {
      context.signal.removeEventListener('abort', reading.abandon);
      // What was not read to its end is of no use to anybody.
      reading.abandon();
    }
  },
});

/** A reading that ends in one way only: its connection may be somebody else's by then. */
function endedOnce(reading: Reading): Reading {
  let isOpen = true;
  const close = (end: () => unknown) => {
    const wasOpen = isOpen;
    isOpen = false;
    return wasOpen ? end() : undefined;
  };
  return {
    em: reading.em,
    copyOut: reading.copyOut,
    end: async () => void (await close(() => reading.end())),
    abandon: () => void close(() => reading.abandon()),
  };
}

async function makeFile(
  opened: OpenedExport,
  reading: Reading,
  context: JobContext,
): Promise<void> {
  const { id, format } = opened.wanted;
  const make = await makers[format]();
  const made = await make(reading, opened, (done) =>
    context.report({ stage: 'WRITE', done, total: null }),
  );
  try {
    // A transaction that nobody asks anything any more is ended by the database after a minute.
    if (made.isRead) await reading.end();
    const { extension, contentType, content, rowCount } = made;
    const file = { ...fileOf(opened), name: `${nameOf(opened)}.${extension}`, contentType };
    await keepFile(
      context,
      file,
      (keep) => keep(content),
      (em) => em.nativeUpdate(MetricsExport, id, { rowCount: rowCount() }),
    );
    await reading.end();
  } finally {
    made.content.destroy();
    await made.dispose?.();
  }
}
