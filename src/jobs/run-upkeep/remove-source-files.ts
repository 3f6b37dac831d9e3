import { dropOrphan, findOrphans, takeOrphans } from '../../domain/retention/drop-orphans.ts';
import { expireFile, findExpired } from '../../domain/retention/expire-source-files.ts';
import type { JobContext } from '../define-job.ts';

/** Remove the organization's fetched files that have not been used for as long as they are kept. */
export async function removeSourceFiles(context: JobContext): Promise<void> {
  const { read, write, store, retention, report, signal } = context;
  for (let done = 0; ; ) {
    const hashes = await read((em) => findExpired(em, retention.fileDays));
    if (hashes.length === 0) return;
    for (const sha256 of hashes) {
      signal.throwIfAborted();
      await write((em) => expireFile(em, store, sha256));
      done += 1;
      report({ stage: 'REMOVE_SOURCE_FILES', done, total: null });
    }
  }
}

const msPerDay = 24 * 60 * 60_000;
const batchSize = 1_000;

/**
 * Remove archived files that no row tells of, whoever's they were; once a night for all organizations. Not before they are
 * as old as files are kept: those that a database forgot because it was restored to an earlier day stay as long.
 */
export async function removeOrphans(
  context: JobContext,
  ageMs = context.retention.fileDays * msPerDay,
): Promise<void> {
  if (!(await context.write(takeOrphans))) return;
  const latest = Date.now() - ageMs;
  let batch: string[] = [];
  for await (const { sha256, lastModified } of context.store.listArchived()) {
    if (lastModified.getTime() > latest) continue;
    batch.push(sha256);
    if (batch.length < batchSize) continue;
    await dropAmong(batch, context);
    batch = [];
  }
  await dropAmong(batch, context);
}

async function dropAmong(hashes: string[], { read, store, log, signal }: JobContext) {
  signal.throwIfAborted();
  const orphans = await read((em) => findOrphans(em, hashes));
  for (const sha256 of orphans) await read((em) => dropOrphan(em, store, sha256));
  if (orphans.length > 0)
    log.info({ files: orphans.length }, 'archived files without a row were removed');
}
