import { z } from 'zod';
import { repriceDay } from '../domain/rate-card/reprice-day.ts';
import { findRepricedDays } from '../domain/rate-card/repricing.ts';
import { defineJob } from './define-job.ts';
import { requestSummaries } from './request-summaries.ts';

/**
 * Compute the spend of a client's loaded days by the rates in force now, a day at a time.
 *
 * Idempotent: only days whose rate is another than the one that they were priced at are touched, each whole or not at
 * all, so that an attempt goes on where the last one ended.
 */
export const recomputeSpend = defineJob({
  name: 'recompute-spend',
  queue: 'ingestion',
  payload: z.object({ clientId: z.uuid(), from: z.iso.date(), to: z.iso.date() }),
  attempts: 5,
  timeoutMs: 2 * 60 * 60_000,
  backoffMs: 2_000,

  async process({ clientId, ...range }, { read, write, run, report, signal, log }) {
    const days = await read((em) => findRepricedDays(em, clientId, range));
    let changed = 0;
    for (const [done, day] of days.entries()) {
      signal.throwIfAborted();
      report({ stage: 'PRICE', done, total: days.length });
      if (await write((em) => repriceDay(em, day, run.id))) changed += 1;
    }
    report({ stage: 'PRICE', done: days.length, total: days.length });
    log.info({ clientId, days: days.length, changed }, 'spend recomputed');
  },

  onEnd: (em, { clientId }, { organizationId }, add) =>
    requestSummaries(em, { organizationId, clientId }, add),
});
