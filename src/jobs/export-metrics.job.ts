import { z } from 'zod';
import { MetricsExport } from '../domain/metrics-export/metrics-export.entity.ts';
import { fileOf, nameOf, openExport } from '../domain/metrics-export/open-export.ts';
import { defineJob } from './define-job.ts';
import { writeRows } from './export-metrics/write-rows.ts';
import { keepFile } from './keep-file.ts';

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
    await writeRows(context, {
      format: opened.wanted.format,
      rows: opened,
      readBeside: async () => undefined,
      async keep({ extension, contentType, content, rowCount }) {
        const file = { ...fileOf(opened), name: `${nameOf(opened)}.${extension}`, contentType };
        await keepFile(
          context,
          file,
          (keep) => keep(content),
          (em) => em.nativeUpdate(MetricsExport, exportId, { rowCount: rowCount() }),
        );
      },
    });
  },
});
