import { type AuditStatus, isOpen } from '../../domain/aeo-audit/aeo-audit.entity.ts';
import { holdAudit } from '../../domain/aeo-audit/begin-audit.ts';
import { ceilingsOf } from '../../domain/aeo-audit/cost-ceiling.ts';
import { finishAudit } from '../../domain/aeo-audit/finish-audit.ts';
import { measureBatch } from '../../domain/aeo-audit/measure-batch.ts';
import { planRelease } from '../../domain/aeo-audit/plan-release.ts';
import { progressOf } from '../../domain/aeo-audit/progress-of.ts';
import { releaseAnswers } from '../../domain/aeo-audit/release-answers.ts';
import { skipPending } from '../../domain/aeo-audit/skip-pending.ts';
import { countEnded, takeStock } from '../../domain/aeo-audit/take-stock.ts';
import { today } from '../../domain/calendar.ts';
import { databaseNow } from '../../domain/database-clock.ts';
import { askPlatform } from '../ask-platform.job.ts';
import type { JobContext } from '../define-job.ts';

/** How often it is looked at what has been answered. */
const turnMs = 1_000;
/** The same while it is paused, by a job that ran then: one that waits is not due before it is resumed. */
export const pausedMs = 10_000;

/**
 * See what has been answered, release what is next, and end the audit where nothing is left.
 *
 * @returns in how many milliseconds to look again; null when there is nothing more to do.
 */
export async function releaseNext(context: JobContext, auditId: string): Promise<number | null> {
  const { enqueue, observer, report } = context;
  const { policy, limits } = context.answers;
  let waitMs: number | null = null;
  let status: AuditStatus | undefined;
  let batchSeconds: number | null = null;
  await enqueue(async (em, add) => {
    const audit = await holdAudit(em, auditId);
    // It may have been paused since it was taken up.
    if (audit?.status === 'PAUSED') waitMs = pausedMs;
    if (audit?.status !== 'RUNNING') return;
    const stock = await takeStock(em, auditId, audit.batch);
    const { ended, total } = countEnded(stock);
    audit.stage = ended < total ? 'PROCESSING_QUESTIONS' : 'FINALIZING';
    const progress = ended < total ? progressOf(audit.stage, ended / total) : 0.98;
    audit.progress = Math.max(audit.progress, progress);
    report({ stage: audit.stage, done: ended, total });
    if (ended === total) {
      batchSeconds = await measureBatch(em, auditId, audit.batch);
      waitMs = await finishAudit(em, audit, stock, policy);
      status = audit.status;
      return;
    }
    waitMs = turnMs;
    const release = planRelease(audit.settings, stock, limits.paces, policy.platformsAtOnce);
    if (release.kind === 'WAIT') {
      waitMs = Math.min(release.waitMs ?? turnMs, turnMs);
    } else {
      batchSeconds = await measureBatch(em, auditId, audit.batch);
      const ceilings = ceilingsOf(audit.settings, today('UTC'));
      const { organizationId, clientId, requestedBy } = audit;
      const { released, isCapped } = await releaseAnswers(em, audit, {
        ...{ release, stock, paces: limits.paces, ceilings },
        enqueue: (answerId, runAt) =>
          add(askPlatform, { answerId }, { organizationId, clientId, requestedBy, runAt }),
      });
      audit.askingSince ??= await databaseNow(em);
      const isIdle = stock.platforms.every((each) => each.released === 0);
      if (isCapped && released === 0 && isIdle) await skipPending(em, auditId, 'COST_CAP');
    }
    await em.flush();
  });
  if (batchSeconds !== null) observer.audits.batchEnded(batchSeconds);
  if (status === 'FAILED') observer.audits.failed();
  else if (status && !isOpen(status)) observer.audits.completed();
  return waitMs;
}
