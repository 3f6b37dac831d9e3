import { z } from 'zod';
import { noteSkipped, startingAudit } from '../domain/aeo-audit/schedule-audit.ts';
import { startAudit } from '../domain/aeo-audit/start-audit.ts';
import { DomainError } from '../domain/errors.ts';
import { defineJob } from './define-job.ts';
import { runAeoAudit } from './run-aeo-audit.job.ts';

/**
 * Begin the audit that a set-up's schedule is due for. One that cannot begin now, as where too many are under way, is
 * left out, and its schedule says why: the next turn comes.
 */
export const startScheduledAeoAudit = defineJob({
  name: startingAudit,
  queue: 'audits',
  payload: z.object({ setUpId: z.uuid() }),
  attempts: 3,
  timeoutMs: 60_000,
  backoffMs: 5_000,

  async process({ setUpId }, { enqueue, write, answers, log }) {
    let skipReason: string | null = null;
    try {
      await enqueue(async (em, add) => {
        await startAudit(em, null, answers.policy, setUpId, ({ id, organizationId, clientId }) =>
          add(runAeoAudit, { auditId: id }, { organizationId, clientId }),
        );
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      log.warn({ err: error, setUpId }, 'scheduled audit not begun');
      skipReason = error.message;
    }
    await write((em) => noteSkipped(em, setUpId, skipReason));
  },
});
