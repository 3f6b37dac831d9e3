import type { EntityManager } from '@mikro-orm/postgresql';
import type { AeoAudit } from '../aeo-audit/aeo-audit.entity.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkLocale } from '../document/check-locale.ts';
import { tooOften } from '../errors.ts';
import { requirePerson } from '../identity/viewer.ts';
import { JobRun } from '../job/job-run.entity.ts';
import type { ReportFormat } from './audit-report.ts';
import { findReportable } from './find-reportable.ts';

/** The job that makes reports of audits. */
export const makingReport = 'export-aeo-audit';

/** Reports that one person may have under way at once. */
const mostOpen = 20;
const minute = 60_000;

/** Which report of which audit is wanted. */
export interface ReportRequest {
  auditId: string;
  format: ReportFormat;
  /** How a PDF writes numbers and days: a language tag. */
  locale: string;
}

/**
 * Have a report of an audit made.
 *
 * @param enqueue adds the job that makes it; returns the id of its run.
 * @throws {DomainError} NOT_FOUND; CONFLICT as of {@link findReportable}; BAD_USER_INPUT (locale); FORBIDDEN for a
 *   service token; RATE_LIMITED.
 */
export async function requestReport(
  em: EntityManager,
  asker: Actor,
  { auditId, format, locale }: ReportRequest,
  enqueue: (audit: AeoAudit, payload: ReportRequest) => Promise<string>,
): Promise<JobRun> {
  const actor = requirePerson(asker);
  const audit = await findReportable(em, auditId);
  await refuseTooMany(em, actor.userId);
  const id = await enqueue(audit, { auditId, format, locale: checkLocale(locale) });
  recordChange(em, actor, {
    ...{ action: 'EXPORT', entityType: 'AeoAudit', entityId: auditId, before: null },
    after: { format, clientId: audit.clientId, jobRunId: id },
  });
  await em.flush();
  return em.findOneOrFail(JobRun, id);
}

/** Who asks many times at once takes turns. */
async function refuseTooMany(em: EntityManager, userId: string): Promise<void> {
  await em.execute(
    `select pg_advisory_xact_lock(hashtextextended('audit reports ' || ?::uuid, 0))`,
    [userId],
  );
  const open = await em.count(JobRun, {
    ...{ name: makingReport, requestedBy: userId, status: { $in: ['QUEUED', 'RUNNING'] } },
  });
  if (open >= mostOpen) throw tooOften('reports under way', minute);
}
