import type { EntityManager } from '@mikro-orm/postgresql';
import type { ExportFormat } from '../../domain/metrics-export/metrics-export.entity.ts';
import type { WantedRows } from '../../domain/metrics-export/open-export.ts';
import type { Reading } from '../../domain/reading.ts';
import type { JobContext } from '../define-job.ts';
import type { MadeFile, MakeFile } from './made-file.ts';
import { makeCsv } from './make-csv.ts';

/** What writes documents takes a process a second and 100 MB to load: it is, when one is first wanted. */
const makers: Record<ExportFormat, () => Promise<MakeFile>> = {
  CSV: async () => makeCsv,
  XLSX: async () => (await import('./make-workbook.ts')).makeWorkbook,
  PDF: async () => (await import('./make-pdf.ts')).makePdf,
};

/** What is done with rows that are written into a file. */
interface RowsWriting<T> {
  format: ExportFormat;
  rows: WantedRows;
  /** Reads what else is wanted of the same instant. */
  readBeside(em: EntityManager): Promise<T>;
  /** Takes the file, and what was read beside it. */
  keep(made: MadeFile, beside: T): Promise<void>;
}

/** Make a file of metric rows at one instant, as who it is for sees them. */
export async function writeRows<T>(
  { openReading, report, signal }: JobContext,
  { format, rows, readBeside, keep }: RowsWriting<T>,
): Promise<void> {
  signal.throwIfAborted();
  const reading = endedOnce(await openReading(rows.viewer));
  signal.addEventListener('abort', reading.abandon, { once: true });
  try {
    const beside = await readBeside(reading.em);
    const make = await makers[format]();
    const made = await make(reading, rows, (done) => report({ stage: 'WRITE', done, total: null }));
    try {
      // A transaction that nobody asks anything any more is ended by the database after a minute.
      if (made.isRead) await reading.end();
      await keep(made, beside);
      await reading.end();
    } finally {
      made.content.destroy();
      await made.dispose?.();
    }
  } finally {
    signal.removeEventListener('abort', reading.abandon);
    // What was not read to its end is of no use to anybody.
    reading.abandon();
  }
}

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
