import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import type { LocalDate } from '../calendar.ts';
import { csvCell } from '../csv-cell.ts';
import { badInput, DomainError, found } from '../errors.ts';
import type { ObjectStore } from '../feed/object-store.ts';
import { holdArchived } from './hold-archived.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { type Correction, fieldColumns, placeOf, readCorrections } from './read-corrections.ts';
import { refuseExpired } from './refuse-expired.ts';
import { type ChosenSlice, holdEndedRun, makeRunByHand } from './run-by-hand.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

interface RejectedDay {
  runSliceId: string;
  date: LocalDate;
  objectIds: string[];
  sourcePosition: string | null;
  /** Whether the day is as this run left it: by its files or, where it has no data, for want of good rows in them. */
  isCurrent: boolean;
}

/**
 * Have corrected rejects become part of their days: a new run loads the files of each day again, with the corrected
 * rows in place of those that were rejected.
 *
 * The day's truth are its files and their corrections together, until a newer file comes: that one is the whole truth
 * again. The same files again keep the corrections. Source: docs/rules.md.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for what is no row that the run rejected; CONFLICT when a day has
 *   moved on, or its files or rejected rows are not kept any more.
 */
export async function resubmitRejects(
  em: EntityManager,
  actor: Actor,
  { runId, csv }: { runId: string; csv: string },
  store: Pick<ObjectStore, 'archive' | 'hasArchived'>,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await holdEndedRun(em, run);
  const byDay = await findDays(em, run.id, readCorrections(csv));
  const days = [...byDay.keys()];
  const moved = days.find(({ isCurrent }) => !isCurrent);
  if (moved) {
    const message = `${moved.date} is not as this run left it: correct what the run rejected that made it.`;
    throw new DomainError('CONFLICT', message);
  }
  await refuseExpired(em, store, days);
  const slices: ChosenSlice[] = [];
  for (const [{ runSliceId, date, objectIds, sourcePosition }, corrections] of byDay) {
    const position = sourcePosition === null ? run.createdAt : new Date(sourcePosition);
    const id = await keepCorrections(em, run, position, corrections, store);
    slices.push({
      ...{ date, replacesId: runSliceId, sourcePosition: position },
      objectIds: [...objectIds.filter((each) => each !== id), id],
    });
  }
  slices.sort((one, other) => (one.date < other.date ? -1 : 1));
  const resubmission = { trigger: 'RESUBMISSION', action: 'RESUBMIT', slices } as const;
  return makeRunByHand(em, actor, run, resubmission, enqueue);
}

/** The days of the run whose rejects are corrected. @throws {DomainError} BAD_USER_INPUT. */
async function findDays(
  em: EntityManager,
  runId: string,
  corrections: Correction[],
): Promise<Map<RejectedDay, Correction[]>> {
  const rejected = await em.execute<{ file: string; line: number; runSliceId: string }[]>(
    `select o.key as file, row.line, s.id as "runSliceId"
     from run_slices s join rejected_rows row on row.run_slice_id = s.id
     join source_objects o on o.id = row.object_id
     where s.run_id = ?`,
    [runId],
  );
  if (rejected.length === 0 && (await hadRejects(em, runId))) {
    throw new DomainError('CONFLICT', 'The rejected rows of the run are not kept any more.');
  }
  const sliceOf = new Map(rejected.map((row) => [placeOf(row), row.runSliceId]));
  const byId = Map.groupBy(corrections, (each) => {
    const id = sliceOf.get(placeOf(each));
    if (id) return id;
    throw badInput(`The run rejected no line ${each.line} of "${each.file.slice(0, 200)}".`, 'csv');
  });
  const days = await em.execute<RejectedDay[]>(
    `select s.id as "runSliceId", s.date, s.object_ids as "objectIds", s.source_position as "sourcePosition",
       day.run_slice_id = s.id and s.status in ('APPLIED', 'UNCHANGED', 'FAILED') as "isCurrent"
     from run_slices s join slices day on day.feed_id = s.feed_id and day.date = s.date
     where s.run_id = ?`,
    [runId],
  );
  const touched = days.filter(({ runSliceId }) => byId.has(runSliceId));
  return new Map(touched.map((day) => [day, byId.get(day.runSliceId) ?? []]));
}

async function hadRejects(em: EntityManager, runId: string): Promise<boolean> {
  const rows = await em.execute<object[]>(
    'select from run_slices where run_id = ? and rows_rejected > 0 limit 1',
    [runId],
  );
  return rows.length > 0;
}

/** Archive the corrections of a day as a file beside its others. @returns the object's id. */
async function keepCorrections(
  em: EntityManager,
  { organizationId, clientId, feedId, id: runId }: IngestionRun,
  position: Date,
  corrections: Correction[],
  store: Pick<ObjectStore, 'archive' | 'hasArchived'>,
): Promise<string> {
  const lines = corrections.map(({ file, line, fields }) => {
    const cells = [file, line, ...fieldColumns.map((name) => fields[name])];
    return cells.map((cell) => csvCell(cell, true)).join(',');
  });
  const content = `${[['file', 'line', ...fieldColumns].join(','), ...lines].join('\n')}\n`;
  const { sha256 } = await store.archive(Readable.from([content]));
  await holdArchived(em, store, sha256);
  const key = `corrections/${runId}.csv`;
  const [object] = await em.execute<{ id: string }[]>(
    `insert into source_objects (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified,
       sha256, is_correction)
     values (?, ?, ?, ?, ?, ?, ?, ?, true)
     on conflict (feed_id, key, etag) do update set fetched_at = now(), expired_at = null
     returning id`,
    [
      ...[organizationId, clientId, feedId, key, sha256],
      ...[Buffer.byteLength(content), position, sha256],
    ],
  );
  if (!object) throw new Error('The corrections were not kept');
  return object.id;
}
