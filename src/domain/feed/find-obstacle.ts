import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import type { Feed } from './feed.entity.ts';
import { scheduledIngestion } from './feed-schedule.ts';
import { lookback } from './lookback.ts';

/** Why a scheduled run cannot start now; it waits for what passes, and else its turn is skipped. */
export interface Obstacle {
  reason: string;
  passes: boolean;
}

/**
 * What stands in the way of a feed's scheduled run. Runs of other days, such as those of a backfill, do not.
 *
 * @param jobRunId the job that would start it: of those that wait for one feed, the first does.
 */
export async function findObstacle(
  em: EntityManager,
  feed: Feed,
  jobRunId: string,
): Promise<Obstacle | null> {
  const client = await em.findOneOrFail(Client, feed.clientId);
  if (client.status !== 'ACTIVE') return { reason: 'The client is not active.', passes: false };
  const { from, to } = lookback(feed);
  const [busy] = await em.execute<{ from_date: string; to_date: string }[]>(
    `select r.from_date, r.to_date from ingestion_runs r join job_runs j on j.id = r.job_run_id
     where r.feed_id = ? and j.status in ('QUEUED', 'RUNNING')
       and (r.trigger = 'SCHEDULE' or r.from_date <= ? and r.to_date >= ?) limit 1`,
    [feed.id, to, from],
  );
  if (!busy) return null;
  const reason = `A run of ${busy.from_date} to ${busy.to_date} was under way`;
  const [earlier] = await em.execute(
    `select from job_runs other, job_runs own
     where own.id = ? and other.id <> own.id and other.client_id = own.client_id and other.name = ?
       and other.payload ->> 'feedId' = ? and other.status in ('QUEUED', 'RUNNING')
       and (other.created_at, other.id) < (own.created_at, own.id) limit 1`,
    [jobRunId, scheduledIngestion, feed.id],
  );
  return earlier
    ? { reason: `${reason}, and another waited for its end.`, passes: false }
    : { reason: `${reason}.`, passes: true };
}
