import { z } from 'zod';
import { findOldMonth, logOwners } from '../domain/audit-log/archive-months.ts';
import { archiveMonth } from './archive-audit-log/archive-month.ts';
import { defineJob } from './define-job.ts';

/**
 * Move the months that are older than the audit log keeps into files: the organization's, and those of nobody, which
 * whichever organization's job comes first takes up.
 *
 * Resumable: a month that has left the log is not found again, and one that has not is written anew.
 */
export const archiveAuditLog = defineJob({
  name: 'archive-audit-log',
  queue: 'maintenance',
  payload: z.object({ owners: z.array(z.enum(logOwners)).min(1) }),
  attempts: 5,
  timeoutMs: 6 * 60 * 60_000,
  backoffMs: 60_000,

  async process({ owners }, context) {
    let done = 0;
    for (const owner of owners) {
      const next = () => context.read((em) => findOldMonth(em, owner, context.auditLogMonths));
      for (let month = await next(); month; month = await next()) {
        done += await archiveMonth(context, month);
        context.report({ stage: 'ARCHIVE', done, total: null });
        context.log.info({ owner, month: month.month }, 'a month of the audit log was archived');
      }
    }
  },
});
