import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { type DateRange, eachDay, today } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { Feed } from '../feed/feed.entity.ts';
import { lookback } from '../feed/lookback.ts';
import { once } from '../idempotency/once.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { type RequestedRange, resolveRange } from '../requested-range.ts';
import { refuseArchived } from '../retention/refuse-archived.ts';
import { chosenTriggers, IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice } from './run-slice.entity.ts';

export interface IngestionRequest {
  feedId: string;
  /** The days to load; where left out, the feed's look-back up to yesterday. */
  range?: RequestedRange | null;
  trigger: IngestionRun['trigger'];
  /** Who asks, where it is a person or a program. */
  actor?: Actor;
  idempotencyKey?: string | null;
}

/** Facts are partitioned by month from here on. */
export const earliestDay = '2000-01-01';

/** Put the job that loads a run on its way; returns the job run's id. */
export type EnqueueIngestion = (run: IngestionRun) => Promise<string>;

/**
 * Make a run of a feed, with a slice for each day, and enqueue it.
 *
 * A run of the same feed and days that has not ended is returned instead of a second one.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (range ends before it starts, too long, in the future);
 *   CONFLICT (client not active; days archived).
 */
export async function startIngestion(
  em: EntityManager,
  tenant: { organizationId: string; clientIds: string[] | null },
  { idempotencyKey, actor, ...request }: IngestionRequest,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const call = { operation: 'startIngestion', key: idempotencyKey, input: request };
  const id = await once(em, tenant, call, async () => {
    const feed = found(await em.findOne(Feed, request.feedId), 'feed');
    if (feed.origin === 'UPLOAD') {
      throw badInput(
        'Its files are uploaded (createUpload): there is nowhere to look for them.',
        'feedId',
      );
    }
    await requireActive(em, feed);
    const range = request.range
      ? checkDays(resolveRange(request.range, await calendarOf(em, feed)), feed)
      : lookback(feed);
    await refuseArchived(em, feed.clientId, range);
    // Two requests at once take turns on the feed, so that the second finds the first's run.
    await em.execute('select from feeds where id = ? for no key update', [feed.id]);
    return (
      (await findUnfinished(em, feed, range)) ??
      createRun(em, feed, range, request.trigger, enqueue, actor)
    );
  });
  return em.findOneOrFail(IngestionRun, id);
}

/** @throws {DomainError} CONFLICT: nothing is loaded for a client that is paused or archived. */
export async function requireActive(em: EntityManager, { clientId }: Feed): Promise<void> {
  const { status } = await em.findOneOrFail(Client, clientId);
  if (status !== 'ACTIVE') {
    throw new DomainError('CONFLICT', `The client is ${status.toLowerCase()}.`);
  }
}

function checkDays(range: DateRange, feed: Feed): DateRange {
  if (range.from < earliestDay) throw badInput(`The earliest day is ${earliestDay}.`, 'from');
  const latest = today(feed.timeZone);
  if (range.to > latest) {
    throw badInput(`${range.to} is in the future: it is ${latest} in ${feed.timeZone}.`, 'to');
  }
  return range;
}

async function findUnfinished(
  em: EntityManager,
  feed: Feed,
  { from, to }: DateRange,
): Promise<string | undefined> {
  const [run] = await em.execute<{ id: string }[]>(
    `select r.id from ingestion_runs r join job_runs j on j.id = r.job_run_id
     where r.feed_id = ? and r.from_date = ? and r.to_date = ? and j.status in ('QUEUED', 'RUNNING')
       -- these do not look for new files
       and r.trigger <> all (?::text[])
     limit 1`,
    [feed.id, from, to, `{${chosenTriggers}}`],
  );
  return run?.id;
}

async function createRun(
  em: EntityManager,
  feed: Feed,
  range: DateRange,
  trigger: IngestionRun['trigger'],
  enqueue: EnqueueIngestion,
  actor: Actor | undefined,
): Promise<string> {
  const owner = { organizationId: feed.organizationId, clientId: feed.clientId, feedId: feed.id };
  const run = em.create(IngestionRun, {
    ...owner,
    trigger,
    fromDate: range.from,
    toDate: range.to,
  });
  await em.flush();
  for (const date of eachDay(range)) em.create(RunSlice, { ...owner, runId: run.id, date });
  await em.flush();
  run.jobRunId = await enqueue(run);
  if (actor) {
    const entity = { entityType: 'IngestionRun', entityId: run.id };
    recordChange(em, actor, { action: 'START', ...entity, before: null, after: range });
  }
  await em.flush();
  return run.id;
}
