import { pipeline } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import {
  type AuditReport,
  type ReportFormat,
  reportFormats,
} from '../domain/aeo-report/audit-report.ts';
import { readReport } from '../domain/aeo-report/read-report.ts';
import { makingReport } from '../domain/aeo-report/request-report.ts';
import { DomainError } from '../domain/errors.ts';
import type { NewFile } from '../domain/file/make-file.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { defineJob, FinalJobError, type JobContext } from './define-job.ts';
import type { MakeReport } from './export-aeo-audit/made-report.ts';
import { makeCsv, makeJson } from './export-aeo-audit/make-text.ts';
import { keepFile } from './keep-file.ts';
import { limitBytes } from './limit-bytes.ts';

/** What writes documents takes a process a second and 100 MB to load: it is, when one is first wanted. */
const makers: Record<ReportFormat, () => Promise<MakeReport>> = {
  PDF: async () => (await import('./export-aeo-audit/make-pdf.ts')).makePdf,
  XLSX: async () => (await import('./export-aeo-audit/make-workbook.ts')).makeWorkbook,
  JSON: async () => makeJson,
  CSV: async () => makeCsv,
};
/** Those that tell what answers say, beside what was found in them. */
const withTexts: readonly ReportFormat[] = ['XLSX', 'JSON'];

/**
 * Make the report of an audit that has ended, at one instant: it stays as it is, whatever becomes of the audit.
 *
 * Idempotent: a retry makes the same file anew, and none twice; one that is broken off, or too large, leaves none.
 */
export const exportAeoAudit = defineJob({
  name: makingReport,
  queue: 'exports',
  payload: z.object({ auditId: z.uuid(), format: z.enum(reportFormats), locale: z.string() }),
  attempts: 3,
  timeoutMs: 15 * 60_000,
  backoffMs: 5_000,

  async process({ auditId, format, locale }, context) {
    const { answers, cipher, read, run } = context;
    const { requestedBy } = await read((em) => em.findOneOrFail(JobRun, run.id));
    const { reportDays: lifeDays, reportBytes } = answers.policy;
    const { report, made } = await atOneInstant(context, async (em) => {
      const texts = withTexts.includes(format) ? { cipher, most: reportBytes } : null;
      const report = await readReport(em, auditId, texts);
      return { report, made: await (await makers[format]())(em, report, locale) };
    }).catch((error) => {
      throw error instanceof DomainError && error.code === 'BAD_USER_INPUT'
        ? tooLarge(reportBytes)
        : error;
    });
    const { content, contentType, dispose } = made;
    const file = { ...fileOf(report, format), contentType, requestedBy, lifeDays };
    const limited = limitBytes(reportBytes);
    let isTooLarge = false;
    limited.once('error', (error) => {
      isTooLarge = error instanceof DomainError;
    });
    try {
      await keepFile(context, file, (keep) => keep(pipeline(content, limited, () => undefined)));
    } catch (error) {
      throw isTooLarge ? tooLarge(reportBytes) : error;
    } finally {
      content.destroy();
      await dispose?.();
    }
  },
});

function tooLarge(mostBytes: number): FinalJobError {
  const most = `${Math.floor(mostBytes / 1024 ** 2)} MB`;
  return new FinalJobError(`The report has more than ${most}: CSV is the smallest.`);
}

async function atOneInstant<T>(
  { openReading, tenant, signal }: JobContext,
  fn: (em: EntityManager) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const reading = await openReading(tenant);
  try {
    const result = await fn(reading.em);
    signal.throwIfAborted();
    await reading.end();
    return result;
  } catch (error) {
    reading.abandon();
    throw error;
  }
}

/** Statistics and money are in it: it is for those who may see them. */
function fileOf({ audit, client, name, madeAt }: AuditReport, format: ReportFormat) {
  const parts = [client.name, name].map((part) =>
    part
      .slice(0, 60)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
  );
  const day = (audit.finishedAt ?? madeAt).toISOString().slice(0, 10);
  return {
    ...{ kind: 'REPORT', clientId: audit.clientId, userId: null },
    ...{
      name: `${[...parts, 'aeo-audit', day].filter(Boolean).join('_')}.${format.toLowerCase()}`,
    },
    ...{ forClients: [audit.clientId], forRole: 'ANALYST' },
  } satisfies Partial<NewFile>;
}
