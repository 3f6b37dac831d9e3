import { pipeline, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  findArchivedKeys,
  type OldEntries,
  type OldMonth,
  readOldEntries,
  removeArchived,
} from '../../domain/audit-log/archive-months.ts';
import { readArchivedMonth } from '../../domain/audit-log/archived-month.ts';
import type { KeptFile } from '../../domain/feed/object-store.ts';
import type { JobContext } from '../define-job.ts';

/** Entries of one read: some megabytes at most. */
const batchSize = 2_000;

/**
 * Write a month to a file of its own, read it back, and only then remove it from the log.
 *
 * Each attempt has a file of its own, so that none writes over what another has removed entries for. What earlier
 * attempts of the run left behind is dropped: they can remove nothing any more.
 *
 * @returns how many entries it had. @throws {Error} when what is read back is not what was written.
 */
export async function archiveMonth(context: JobContext, month: OldMonth): Promise<number> {
  const { run, store, write, signal } = context;
  await dropLeftovers(context, month);
  const key = keyOf(context, month, run.fence);
  let entries = 0;
  const lines = linesOf(context, month, (count) => {
    entries += count;
  });
  const packed = createGzip();
  // What fails before it fails the keeping.
  pipeline(Readable.from(lines), packed, () => undefined);
  const kept = await store.keep(`${key}.jsonl.gz`, packed);
  await checkFile(context, `${key}.jsonl.gz`, entries, kept);
  const { owner, month: firstDay } = month;
  const organizationId = owner === 'DEPLOYMENT' ? null : context.tenant.organizationId;
  const manifest = JSON.stringify({ organizationId, month: firstDay, entries, ...kept });
  await store.keep(`${key}.manifest.json`, Readable.from([manifest]));
  if ((await text(await store.readKept(`${key}.manifest.json`))) !== manifest) {
    throw new Error(`The manifest ${key}.manifest.json is not what was written`);
  }
  signal.throwIfAborted();
  await write((em) => removeArchived(em, month, { key: `${key}.jsonl.gz`, entries, ...kept }));
  return entries;
}

async function* linesOf(
  { read, signal }: JobContext,
  month: OldMonth,
  onRead: (count: number) => void,
): AsyncGenerator<string> {
  let place: OldEntries['last'] = null;
  const readNext = (em: EntityManager) => readOldEntries(em, month, place, batchSize);
  do {
    signal.throwIfAborted();
    const { lines, last } = await read(readNext);
    onRead(lines.length);
    if (lines.length > 0) yield `${lines.join('\n')}\n`;
    place = last;
  } while (place !== null);
}

async function checkFile({ store }: JobContext, key: string, entries: number, kept: KeptFile) {
  const found = await readArchivedMonth(await store.readKept(key));
  const isSame =
    found.entries === entries && found.sha256 === kept.sha256 && found.sizeBytes === kept.sizeBytes;
  if (!isSame) throw new Error(`The file ${key} is not what was written`);
}

async function dropLeftovers(context: JobContext, month: OldMonth): Promise<void> {
  const { run, store, read } = context;
  const earlier = Array.from({ length: run.fence - 1 }, (_, index) =>
    keyOf(context, month, index + 1),
  );
  const inUse = await read((em) => findArchivedKeys(em, month));
  for (const key of earlier) {
    if (inUse.includes(`${key}.jsonl.gz`)) continue;
    await store.drop(`${key}.jsonl.gz`);
    await store.drop(`${key}.manifest.json`);
  }
}

function keyOf({ run, tenant }: JobContext, { owner, month }: OldMonth, fence: number): string {
  const folder = owner === 'DEPLOYMENT' ? 'deployment' : tenant.organizationId;
  return `audit-log/${folder}/${month.slice(0, 7)}-${run.id}-${fence}`;
}
