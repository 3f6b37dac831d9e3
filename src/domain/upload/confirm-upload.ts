import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { LocalDate } from '../calendar.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { IngestionRun } from '../ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../ingestion/run-slice.entity.ts';
import { SourceObject } from '../ingestion/source-object.entity.ts';
import { type EnqueueIngestion, requireActive } from '../ingestion/start-ingestion.ts';
import { refuseArchivedDays } from '../retention/refuse-archived.ts';
import { lockUpload } from './receive-upload.ts';
import { type Upload, uploadState } from './upload.entity.ts';
import type { PreviewedDay } from './upload-preview.ts';

/**
 * Have an uploaded file loaded as it was previewed: a run with a slice for each day of the file.
 *
 * Confirming twice gives the same run. What confirms it says that this is the truth now: that instant is the position
 * of its days.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT: there is no preview that could be confirmed, or a day has moved on since it.
 */
export async function confirmUpload(
  em: EntityManager,
  actor: Actor,
  id: string,
  enqueue: EnqueueIngestion,
): Promise<Upload> {
  const upload = await lockUpload(em, id);
  const state = uploadState(upload);
  if (state === 'CONFIRMED') return upload;
  if (state !== 'READY') {
    throw new DomainError('CONFLICT', `It cannot be confirmed: it is ${state}, and not READY.`);
  }
  const feed = found(await em.findOne(Feed, upload.feedId), 'feed');
  await requireActive(em, feed);
  const days = await refuseMovedOn(em, upload);
  await refuseArchivedDays(
    em,
    feed.clientId,
    days.map(({ date }) => date),
  );
  const object = await makeObject(em, upload);
  const run = await makeRun(em, upload, object, days);
  em.assign(upload, { state: 'CONFIRMED', reason: null, objectId: object.id, runId: run.id });
  run.jobRunId = await enqueue(run);
  // The run archives it, when its turn comes.
  await em.execute(`update files set expires_at = now() + interval '7 days' where id = ?`, [
    upload.fileId,
  ]);
  const entity = { entityType: 'Upload', entityId: id };
  const dates = days.map(({ date }) => date);
  const after = { state: 'CONFIRMED', appliedBy: run.id, dates };
  recordChange(em, actor, { action: 'CONFIRM', ...entity, before: { state }, after });
  await em.flush();
  return upload;
}

/** @returns the days of the file. @throws {DomainError} CONFLICT: what the preview told is not what would be replaced. */
async function refuseMovedOn(
  em: EntityManager,
  { feedId, preview }: Upload,
): Promise<PreviewedDay[]> {
  const days = preview?.days ?? [];
  const rows = await em.execute<{ date: LocalDate; version: number }[]>(
    'select date, version from slices where feed_id = ? and date between ? and ?',
    [feedId, days.at(0)?.date, days.at(-1)?.date],
  );
  const versions = new Map(rows.map(({ date, version }) => [date, version]));
  const moved = days.find(({ date, version }) => (versions.get(date) ?? 0) !== version);
  if (moved) {
    const message = `${moved.date} has moved on since the preview: look at it again (previewUpload).`;
    throw new DomainError('CONFLICT', message);
  }
  return days;
}

async function makeObject(em: EntityManager, upload: Upload): Promise<SourceObject> {
  const { organizationId, clientId, feedId, reading } = upload;
  const sha256 = upload.sha256 ?? '';
  const object = em.create(SourceObject, {
    ...{ organizationId, clientId, feedId, sha256, etag: sha256, reading },
    // Each upload is an object of its own, so that an older file can be chosen again.
    key: `uploads/${upload.id}/${upload.fileName}`,
    sizeBytes: upload.sizeBytes ?? 0,
    lastModified: await databaseNow(em),
  });
  await em.flush();
  return object;
}

async function makeRun(
  em: EntityManager,
  { organizationId, clientId, feedId, applies }: Upload,
  { id: objectId, lastModified }: SourceObject,
  days: PreviewedDay[],
): Promise<IngestionRun> {
  const owner = { organizationId, clientId, feedId };
  const [fromDate, toDate] = [days.at(0)?.date, days.at(-1)?.date];
  if (!fromDate || !toDate) throw new DomainError('CONFLICT', 'The preview has no days.');
  const run = em.create(IngestionRun, { ...owner, trigger: 'UPLOAD', fromDate, toDate });
  await em.flush();
  for (const { date, version } of days) {
    em.create(RunSlice, {
      ...{ ...owner, runId: run.id, date },
      // Others that are confirmed meanwhile may be loaded before it.
      expectedVersion: applies === 'ALWAYS' ? null : version,
      ...{ objectIds: [objectId], sourcePosition: lastModified },
    });
  }
  await em.flush();
  return run;
}
