import { z } from 'zod';
import { endOrphans } from '../domain/aeo-audit/fail-audit.ts';
import { removeAnswers } from '../domain/aeo-results/remove-answers.ts';
import { findOldMonth, logOwners } from '../domain/audit-log/archive-months.ts';
import { Erasure } from '../domain/data-protection/erasure.entity.ts';
import { findDueErasures } from '../domain/data-protection/run-erasure.ts';
import { dropContents, filesToRemove, forgetFiles } from '../domain/file/remove-files.ts';
import { upkeep } from '../domain/job/schedule-upkeep.ts';
import { giveUpMails } from '../domain/mail/end-mail.ts';
import { findOutdatedMonths } from '../domain/retention/archive-facts.ts';
import { removeRollups } from '../domain/retention/plan-retention.ts';
import { findOldLogs, removeLogs } from '../domain/retention/remove-logs.ts';
import { dropOldSessions } from '../domain/session/drop-old-sessions.ts';
import { archiveAuditLog } from './archive-audit-log.job.ts';
import { archiveFacts } from './archive-facts.job.ts';
import { defineJob, type JobContext } from './define-job.ts';
import { eraseSubject } from './erase-subject.job.ts';
import { removeOrphans, removeSourceFiles } from './run-upkeep/remove-source-files.ts';

/**
 * All that is done every night: erasures whose waiting period is over and the archiving of old months of the audit log
 * and of facts are started, mails that failed long ago given up, and files that have expired or nothing has used for long, old logs and
 * sums of months removed. What belongs to the installation as a whole, such as sessions that ended long ago, whichever organization's job comes first takes up.
 *
 * Idempotent: what was done is not found again.
 */
export const runUpkeep = defineJob({
  name: upkeep,
  queue: 'maintenance',
  payload: z.strictObject({}),
  attempts: 5,
  timeoutMs: 60 * 60_000,
  backoffMs: 60_000,

  async process(_payload, context) {
    await startDue(context);
    await context.write(giveUpMails);
    await endLostAudits(context);
    await removeOldAnswers(context);
    await removeFiles(context);
    await removeSessions(context);
    await context.write((em) => removeRollups(em, context.retention));
    await removeOldLogs(context);
    await removeSourceFiles(context);
    await removeOrphans(context);
  },
});

async function startDue({ enqueue, tenant, auditLogMonths, retention }: JobContext): Promise<void> {
  const owner = { organizationId: tenant.organizationId, clientId: null };
  await enqueue(async (em, add) => {
    for (const { id: erasureId } of await findDueErasures(em)) {
      const jobRunId = await add(eraseSubject, { erasureId }, owner);
      await em.flush();
      await em.nativeUpdate(Erasure, erasureId, { jobRunId });
    }
    const owners = [];
    for (const each of logOwners) {
      if (await findOldMonth(em, each, auditLogMonths)) owners.push(each);
    }
    if (owners.length > 0) await add(archiveAuditLog, { owners }, owner);
    const months = await findOutdatedMonths(em, retention.hotMonths);
    if (months.size > 0) await add(archiveFacts, {}, owner);
  });
}

async function endLostAudits({ write, answers, observer }: JobContext): Promise<void> {
  const count = await write((em) => endOrphans(em, answers.policy.orphanHours));
  observer.audits.failed(count);
}

async function removeOldAnswers({ write, answers, report, signal }: JobContext): Promise<void> {
  for (let done = 0, removed = -1; removed !== 0; done += removed) {
    signal.throwIfAborted();
    removed = await write((em) => removeAnswers(em, answers.policy.answerDays));
    if (removed > 0) report({ stage: 'REMOVE_ANSWERS', done: done + removed, total: null });
  }
}

async function removeFiles({ read, write, store, report, signal }: JobContext): Promise<void> {
  for (let done = 0; ; ) {
    signal.throwIfAborted();
    const files = await read((em) => filesToRemove(em, 'EXPIRED'));
    if (files.length === 0) return;
    await dropContents(store, files);
    done += await write((em) => forgetFiles(em, files));
    report({ stage: 'REMOVE_FILES', done, total: null });
  }
}

async function removeSessions({ write, report, signal }: JobContext): Promise<void> {
  for (let done = 0, dropped = -1; dropped !== 0; done += dropped) {
    signal.throwIfAborted();
    dropped = await write(dropOldSessions);
    if (dropped > 0) report({ stage: 'REMOVE_SESSIONS', done: done + dropped, total: null });
  }
}

async function removeOldLogs({ read, write, retention, report, signal }: JobContext) {
  let done = 0;
  for (const log of await read(findOldLogs)) {
    for (let removed = -1; removed !== 0; done += removed) {
      signal.throwIfAborted();
      removed = await write((em) => removeLogs(em, log, retention.logDays));
      if (removed > 0) report({ stage: 'REMOVE_LOGS', done: done + removed, total: null });
    }
  }
}
