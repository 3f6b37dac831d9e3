import { z } from 'zod';
import { beginAudit } from '../domain/aeo-audit/begin-audit.ts';
import { failAudit } from '../domain/aeo-audit/fail-audit.ts';
import { defineJob, NotYet } from './define-job.ts';
import { pausedMs, releaseNext } from './run-aeo-audit/release-next.ts';
import { writeQuestions } from './run-aeo-audit/write-questions.ts';

/**
 * Lead an audit: choose its questions, release them by and by, and end it once PostgreSQL has an end of each.
 *
 * Idempotent: it does one step after the other by what the database says, puts itself off in between, and is gone on
 * with by whichever worker.
 */
export const runAeoAudit = defineJob({
  name: 'run-aeo-audit',
  queue: 'audits',
  payload: z.object({ auditId: z.uuid() }),
  attempts: 5,
  timeoutMs: 10 * 60_000,
  backoffMs: 5_000,

  async process({ auditId }, context) {
    const begun = await context.write((em) => beginAudit(em, auditId));
    if (!begun) return;
    const { audit, isNew } = begun;
    if (isNew) context.observer.audits.begun();
    if (audit.status === 'PAUSED') throw new NotYet(pausedMs);
    if (audit.questionCount === null) await writeQuestions(context, audit);
    const waitMs = await releaseNext(context, auditId);
    if (waitMs !== null) throw new NotYet(waitMs);
  },

  async onEnd(em, { auditId }, { status, errorMessage }) {
    if (status !== 'SUCCEEDED') await failAudit(em, auditId, status, errorMessage);
  },
});
