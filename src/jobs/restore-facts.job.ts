import { z } from 'zod';
import { ensurePartition } from '../domain/ingestion/apply-slice.ts';
import { toFactLine } from '../domain/retention/fact-row.ts';
import { isWhole, readFactFile } from '../domain/retention/read-fact-file.ts';
import {
  clearScratch,
  factScratch,
  factScratchColumns,
  findRemoved,
  type RemovedMonth,
  scratchPrefix,
  takeBack,
} from '../domain/retention/restore-facts.ts';
import { defineJob, FinalJobError, type JobContext } from './define-job.ts';

/**
 * Put a month of the organization's facts back from its files, client by client: each whole or not at all.
 *
 * Resumable: a client whose month is back is not found again.
 * @throws {FinalJobError} when a file is not what was archived.
 */
export const restoreFacts = defineJob({
  name: 'restore-facts',
  queue: 'maintenance',
  payload: z.object({ month: z.iso.date() }),
  attempts: 5,
  timeoutMs: 6 * 60 * 60_000,
  backoffMs: 10_000,

  async process({ month }, context) {
    const { read, report, signal, log } = context;
    const clients = await read((em) => findRemoved(em, month));
    const total = clients.reduce((sum, { rows }) => sum + rows, 0);
    let done = 0;
    for (const client of clients) {
      signal.throwIfAborted();
      await restoreClient(context, month, client, (rows) => {
        done += rows;
        report({ stage: 'RESTORE', done, total });
      });
    }
    log.info({ month, clients: clients.length, rows: total }, 'a month of facts was restored');
  },
});

async function restoreClient(
  { run, store, read, write, copy, signal, retention }: JobContext,
  month: string,
  file: RemovedMonth,
  onRows: (rows: number) => void,
): Promise<void> {
  const changed = () =>
    new FinalJobError(`The file ${file.fileKey} is not what was archived: nothing was restored.`);
  if (!(await isWhole(store, file))) throw changed();
  const { clientId } = file;
  const rows = { runId: run.id, fence: run.fence, clientId };
  await write((em) => clearScratch(em, clientId));
  async function* lines() {
    const prefix = scratchPrefix(rows);
    for await (const group of readFactFile(store, file)) {
      signal.throwIfAborted();
      yield group.map((row) => prefix + toFactLine(row)).join('');
      onRows(group.length);
    }
  }
  await copy(factScratch, factScratchColumns, lines());
  await read((em) => ensurePartition(em, month));
  await write(async (em) => {
    if (!(await takeBack(em, month, rows, retention.restoredDays))) throw changed();
  });
}
