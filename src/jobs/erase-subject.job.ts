import { z } from 'zod';
import { clientTables } from '../domain/data-protection/client-tables.ts';
import {
  archivesToErase,
  eraseRows,
  forgetArchives,
  forgetObjects,
  objectsToErase,
  stopWork,
} from '../domain/data-protection/erase-client.ts';
import { eraseUser } from '../domain/data-protection/erase-user.ts';
import {
  beginErasure,
  certifyErasure,
  countErased,
} from '../domain/data-protection/run-erasure.ts';
import { dropContents, filesToRemove, forgetFiles } from '../domain/file/remove-files.ts';
import { dropArchived } from '../domain/ingestion/hold-archived.ts';
import { defineJob, FinalJobError, type JobContext } from './define-job.ts';

/**
 * Erase everything of a client or a user, batch by batch, and certify it.
 *
 * Resumable: what is erased is not found again, and each batch is counted in the transaction that erases it. Contents in
 * the object store go before the rows that tell of them.
 *
 * @throws {Error} while other jobs of the client still run: they have been told to stop.
 */
export const eraseSubject = defineJob({
  name: 'erase-subject',
  queue: 'maintenance',
  payload: z.object({ erasureId: z.uuid() }),
  attempts: 20,
  timeoutMs: 6 * 60 * 60_000,
  backoffMs: 5_000,

  async process({ erasureId }, context) {
    const { write, cipher } = context;
    const erasure = await write((em) => beginErasure(em, erasureId));
    if (!erasure) return;
    const { subject, subjectId } = erasure;
    if (subject === 'CLIENT') return eraseClient(erasureId, subjectId, context);
    await eraseFiles(erasureId, { userId: subjectId }, context);
    await write(async (em) => {
      const erased = await eraseUser(em, cipher, erasure);
      if (!erased) throw new FinalJobError('An organization would be without an owner', 'CONFLICT');
      await countErased(em, erasureId, erased);
      await certifyErasure(em, erasureId);
    });
  },
});

async function eraseClient(erasureId: string, clientId: string, context: JobContext) {
  const { write, report, signal } = context;
  const running = await write((em) => stopWork(em, clientId));
  if (running > 0) throw new Error(`${running} jobs of the client have not stopped yet`);
  let done = 0;
  for (const { table } of clientTables) {
    if (table === 'metric_archives') await eraseArchives(erasureId, clientId, context);
    if (table === 'source_objects') await eraseObjects(erasureId, clientId, context);
    if (table === 'files') await eraseFiles(erasureId, { clientId }, context);
    for (let rows = -1; rows !== 0; ) {
      signal.throwIfAborted();
      rows = await write(async (em) => {
        const erased = await eraseRows(em, table, clientId);
        await countErased(em, erasureId, { [table]: erased });
        if (table === 'clients') await certifyErasure(em, erasureId);
        return table === 'clients' ? 0 : erased;
      });
      done += rows;
      report({ stage: 'ERASE', done, total: null });
    }
  }
}

async function eraseObjects(erasureId: string, clientId: string, context: JobContext) {
  const { read, write, store, signal } = context;
  for (;;) {
    signal.throwIfAborted();
    const objects = await read((em) => objectsToErase(em, clientId));
    if (objects.length === 0) return;
    for (const sha256 of new Set(objects.map((object) => object.sha256))) {
      await read((em) => dropArchived(em, store, clientId, sha256));
    }
    await write(async (em) => {
      await countErased(em, erasureId, { source_objects: await forgetObjects(em, objects) });
    });
  }
}

async function eraseArchives(
  erasureId: string,
  clientId: string,
  { read, write, store, signal }: JobContext,
) {
  for (;;) {
    signal.throwIfAborted();
    const keys = await read((em) => archivesToErase(em, clientId));
    if (keys.length === 0) return;
    for (const key of keys) await store.drop(key);
    await write(async (em) => {
      await countErased(em, erasureId, { metric_archives: await forgetArchives(em, keys) });
    });
  }
}

async function eraseFiles(
  erasureId: string,
  whose: { clientId: string } | { userId: string },
  { read, write, store }: JobContext,
) {
  for (;;) {
    const files = await read((em) => filesToRemove(em, whose));
    if (files.length === 0) return;
    await dropContents(store, files);
    await write(async (em) => {
      await countErased(em, erasureId, { files: await forgetFiles(em, files) });
    });
  }
}
