import { z } from 'zod';
import { findOutdatedMonths, isArchived, removeMonth } from '../domain/retention/archive-facts.ts';
import { archiveClientMonth } from './archive-facts/archive-client-month.ts';
import { defineJob } from './define-job.ts';

/**
 * Move the facts of months that have been hot for long enough into files, a file for each client and month, and remove
 * each month that no organization has to write any more.
 *
 * Resumable: a file that is whole is not written anew, and nothing is removed before all are.
 */
export const archiveFacts = defineJob({
  name: 'archive-facts',
  queue: 'maintenance',
  payload: z.strictObject({}),
  attempts: 5,
  timeoutMs: 12 * 60 * 60_000,
  backoffMs: 60_000,

  async process(_payload, context) {
    const { read, write, report, signal, log, retention } = context;
    const months = await read((em) => findOutdatedMonths(em, retention.hotMonths));
    const total = [...months.values()].reduce((sum, clientIds) => sum + clientIds.length, 0);
    let done = 0;
    for (const [month, clientIds] of months) {
      for (const clientId of clientIds) {
        signal.throwIfAborted();
        report({ stage: 'ARCHIVE', done, total });
        const of = { clientId, month };
        if (!(await read((em) => isArchived(em, of)))) await archiveClientMonth(context, of);
        done += 1;
      }
      report({ stage: 'REMOVE', done, total });
      const isRemoved = await write((em) => removeMonth(em, month));
      log.info({ month, clients: clientIds.length, isRemoved }, 'a month of facts was archived');
    }
  },
});
