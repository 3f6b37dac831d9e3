import { Readable } from 'node:stream';
import {
  disownFile,
  finishFile,
  isReliedOn,
  nameFile,
} from '../../domain/retention/archive-facts.ts';
import { openAccount } from '../../domain/retention/fact-row.ts';
import { type FactFile, isWhole, readFactFile } from '../../domain/retention/read-fact-file.ts';
import {
  type ClientMonth,
  type WrittenFacts,
  writeFactFile,
} from '../../domain/retention/write-fact-file.ts';
import type { JobContext } from '../define-job.ts';

/**
 * Write a month of a client to a file, and read it back. The facts stay where they are.
 *
 * The database names a file before it is written, so that an erasure, or another attempt, finds it however this ends.
 * @throws {Error} when what is read back is not what was written.
 */
export async function archiveClientMonth(context: JobContext, of: ClientMonth): Promise<void> {
  const { run, tenant, store, read, write, signal } = context;
  const earlier = await write((em) => disownFile(em, of));
  if (earlier) await store.drop(earlier);
  const name = `${of.month.slice(0, 7)}-${run.id}-${run.fence}`;
  const fileKey = `facts/${tenant.organizationId}/${of.clientId}/${name}.parquet`;
  await write((em) => nameFile(em, of, fileKey));
  try {
    let written: WrittenFacts | undefined;
    const kept = await read((em) => {
      const content = writeFactFile(em, of, (facts) => {
        written = facts;
      });
      return store.keep(fileKey, Readable.from(content, { objectMode: false }));
    });
    if (!written) throw new Error(`The file ${fileKey} ended too soon`);
    signal.throwIfAborted();
    await checkFile(context, { fileKey, ...kept }, written);
    const facts = written;
    await write((em) => finishFile(em, of, fileKey, facts, kept));
  } catch (error) {
    // Whoever took the run over cannot know that it was written after all. Where the database relies on it, and its
    // word of that was lost, the facts may soon be in it alone; where the database cannot be asked, they may, too.
    const mayBeReliedOn = await read((em) => isReliedOn(em, of, fileKey)).catch(() => true);
    if (!mayBeReliedOn) await store.drop(fileKey).catch(() => undefined);
    throw error;
  }
}

async function checkFile(
  { store, signal }: JobContext,
  file: FactFile,
  written: WrittenFacts,
): Promise<void> {
  const account = openAccount();
  const isSame = await isWhole(store, file);
  for await (const rows of readFactFile(store, file)) {
    signal.throwIfAborted();
    for (const row of rows) account.add(row);
  }
  const { sums, digest } = account.close();
  if (!isSame || sums !== written.sums || digest !== written.digest) {
    throw new Error(`The file ${file.fileKey} is not what was written`);
  }
}
