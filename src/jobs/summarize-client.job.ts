import { z } from 'zod';
import { findEndedPeriods, findStalePeriods } from '../domain/summary/find-periods.ts';
import { summarizing } from '../domain/summary/schedule-summaries.ts';
import { summarizePeriod } from '../domain/summary/summarize-period.ts';
import { summaryKinds } from '../domain/summary/summary-settings.ts';
import { defineJob } from './define-job.ts';

const chosen = z.object({
  kinds: z.array(z.enum(summaryKinds)),
  from: z.iso.date(),
  to: z.iso.date(),
});

/**
 * Sum up a client's weeks and months, each in a transaction of its own: those that are over and have no summary, or one
 * of other data than there are by now; or the ones that somebody has chosen, whatever is known of them.
 *
 * Idempotent: a summary is replaced by what the figures are now.
 */
export const summarizeClient = defineJob({
  name: summarizing,
  queue: 'summaries',
  payload: z.object({ clientId: z.uuid(), chosen: chosen.optional() }),
  attempts: 5,
  timeoutMs: 60 * 60_000,
  backoffMs: 5_000,

  async process({ clientId, chosen }, { read, write, report, signal, log }) {
    const periods = await read((em) =>
      chosen ? findEndedPeriods(em, clientId, chosen) : findStalePeriods(em, clientId),
    );
    for (const [done, period] of periods.entries()) {
      signal.throwIfAborted();
      report({ stage: 'SUMMARIZE', done, total: periods.length });
      await write((em) => summarizePeriod(em, clientId, period));
    }
    report({ stage: 'SUMMARIZE', done: periods.length, total: periods.length });
    log.info({ clientId, periods: periods.length }, 'summaries made');
  },
});
