import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { expectedBy } from '../feed/expected-by.ts';
import { Feed } from '../feed/feed.entity.ts';
import { IngestionRun } from '../ingestion/ingestion-run.entity.ts';
import { RunSlice, type RunSliceStatus } from '../ingestion/run-slice.entity.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { PlatformCredential } from '../platform-credential/platform-credential.entity.ts';
import { raiseAlert, type Trouble } from './raise-alert.ts';
import { resolveAlerts } from './resolve-alerts.ts';
import { waitForFiles } from './wait-for-files.ts';

/** A run that has ended, with what it is judged by. */
interface Judged {
  feed: Feed;
  run: IngestionRun;
  slices: RunSlice[];
  /** Whether what the feed is read with is not taken. */
  isRefused: boolean;
}

/**
 * Find out what an ended run tells of its feed: troubles begin, go on or end with it.
 *
 * @param failure why the run failed; null where it did not.
 * @returns whether there is something new to tell people.
 */
export async function judgeRun(
  em: EntityManager,
  runId: string,
  failure: string | null,
): Promise<boolean> {
  const run = await em.findOneOrFail(IngestionRun, runId, { refresh: true });
  const feed = await em.findOneOrFail(Feed, run.feedId);
  const { credentialId } = feed;
  const isRefused =
    credentialId !== null &&
    (await em.count(PlatformCredential, { id: credentialId, status: 'REFUSED' })) > 0;
  const slices = await em.find(RunSlice, { runId }, { refresh: true, orderBy: { date: 'asc' } });
  const judged = { feed, run, slices, isRefused };
  const overdue = await findOverdue(em, judged);
  const troubles = findTroubles(judged, failure, overdue);
  await resolveEnded(em, judged, troubles);
  let isNew = false;
  for (const trouble of troubles) {
    isNew = (await raiseAlert(em, feed, runId, trouble)) || isNew;
  }
  return isNew;
}

/** The missing days that nobody waits for any more; for the others the feed's next turn comes soon. */
async function findOverdue(em: EntityManager, { feed, slices }: Judged): Promise<RunSlice[]> {
  const missing = slices.filter(({ status }) => status === 'MISSING');
  if (missing.length === 0) return [];
  const schedule = await em.findOne(Schedule, { feedId: feed.id, enabled: true });
  if (!schedule) return [];
  const now = await databaseNow(em);
  const due = missing.map((slice) => ({ slice, at: expectedBy(feed, schedule, slice.date) }));
  const waiting = due.flatMap(({ at }) => (at && at > now ? at : []));
  await waitForFiles(em, feed, waiting);
  return due.filter(({ at }) => at && at <= now).map(({ slice }) => slice);
}

function findTroubles(
  { slices, isRefused }: Judged,
  failure: string | null,
  overdue: RunSlice[],
): Trouble[] {
  const troubles: Trouble[] = [];
  const failed = slices.filter(({ status }) => status === 'FAILED');
  const why = failure ?? failed[0]?.reason ?? null;
  if (why !== null) {
    const message = `${spanOf(failed)}${why}`;
    troubles.push({ kind: isRefused ? 'CREDENTIAL_REFUSED' : 'FAILED_RUN', message });
  }
  const { read, rejected } = countRows(slices);
  if (rejected > 0) {
    const some = slices.filter(
      ({ status, rowsRejected }) => status !== 'FAILED' && rowsRejected > 0,
    );
    const message = `${spanOf(some)}${rejected} of ${read} rows were rejected.`;
    troubles.push({ kind: 'VALIDATION_ERRORS', message });
  }
  for (const { date, reason } of newDays(slices)) {
    if (reason !== null) troubles.push({ kind: 'FEW_IMPRESSIONS', date, message: reason });
  }
  for (const { date, reason } of slices.filter(({ status }) => status === 'HELD')) {
    troubles.push({ kind: 'HELD_RUN', date, message: reason ?? '' });
  }
  for (const { date, reason } of overdue) {
    troubles.push({ kind: 'MISSING_FILE', date, message: reason ?? '' });
  }
  return troubles;
}

/** The first and the last of some days, to begin a message with. */
function spanOf(slices: RunSlice[]): string {
  const [first, last] = [slices[0]?.date, slices.at(-1)?.date];
  if (!first) return '';
  return first === last ? `${first}: ` : `${first} to ${last}: `;
}

/** The days that had no data before; one has a reason where it has few impressions. Source: docs/rules.md, ingestion 5. */
function newDays(slices: RunSlice[]): RunSlice[] {
  return slices.filter(({ status, version }) => status === 'APPLIED' && version === 1);
}

/** Of the days that were loaded: of a file that failed the run tells that. */
function countRows(slices: RunSlice[]): { read: number; rejected: number } {
  const loaded = slices.filter(({ status }) => status !== 'FAILED');
  const sum = (field: 'rowsRead' | 'rowsRejected') =>
    loaded.reduce((total, slice) => total + slice[field], 0);
  return { read: sum('rowsRead'), rejected: sum('rowsRejected') };
}

const undecided: RunSliceStatus[] = ['PENDING', 'FAILED', 'MISSING'];

async function resolveEnded(
  em: EntityManager,
  { feed, run, slices, isRefused }: Judged,
  troubles: Trouble[],
): Promise<void> {
  const has = (kind: Trouble['kind']) => troubles.some((trouble) => trouble.kind === kind);
  const came = slices.filter(({ status }) => !undecided.includes(status));
  const settled = came.filter(({ status }) => status !== 'HELD');
  const daysOf = (some: RunSlice[]) => some.map(({ date }) => date);
  await resolveAlerts(em, [feed.id], 'MISSING_FILE', daysOf(came));
  await resolveAlerts(em, [feed.id], 'HELD_RUN', daysOf(settled));
  if (!isRefused) await resolveAlerts(em, [feed.id], 'CREDENTIAL_REFUSED');
  if (countRows(slices).read > 0 && !has('VALIDATION_ERRORS')) {
    await resolveAlerts(em, [feed.id], 'VALIDATION_ERRORS');
  }
  if (newDays(slices).some(({ reason }) => reason === null)) {
    await resolveAlerts(em, [feed.id], 'FEW_IMPRESSIONS');
  }
  if (!has('FAILED_RUN') && !has('CREDENTIAL_REFUSED')) await resolveFailure(em, run);
}

/** A failure is over once the feed's schedule works again, or the days that failed have been loaded. */
async function resolveFailure(em: EntityManager, run: IngestionRun): Promise<void> {
  await em.execute(
    `update alerts a set resolved_at = now()
     where a.feed_id = ? and a.kind = 'FAILED_RUN' and a.resolved_at is null and (? or not exists (
       select from run_slices failed
       where failed.run_id = a.run_id and failed.status = 'FAILED' and not exists (
         select from run_slices later
         where later.feed_id = failed.feed_id and later.date = failed.date
           and later.finished_at > failed.finished_at and later.status not in ('PENDING', 'FAILED')
       )
     ))`,
    [run.feedId, run.trigger === 'SCHEDULE'],
  );
}
