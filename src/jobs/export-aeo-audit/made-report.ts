import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditReport } from '../../domain/aeo-report/audit-report.ts';

/** The file of a report, as it is handed over to be kept. */
interface MadeReport {
  contentType: string;
  content: Readable;
  /** Remove what was needed meanwhile. */
  dispose?(): Promise<void>;
}

/** Makes a report's file in one format. @param locale how numbers and days are written, where people read them. */
export type MakeReport = (
  em: EntityManager,
  report: AuditReport,
  locale: string,
) => Promise<MadeReport>;
