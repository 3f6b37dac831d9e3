import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { cronOf, nextTurn } from '../job/schedule-daily.ts';
import type { Feed } from './feed.entity.ts';

/** The job that a feed's schedule is for. */
export const scheduledIngestion = 'start-scheduled-ingestion';

/** Feeds of one time of day start within these seconds. */
const widestJitterSeconds = 600;

/** Give a feed its schedule: at times of day, `HH:mm`, in its zone. */
export async function scheduleFeed(em: EntityManager, feed: Feed, times: string[]): Promise<void> {
  const { id: feedId, organizationId, clientId, timeZone } = feed;
  const timing = { cron: toCron(times), timeZone, jitterSeconds: jitterOf(feedId) };
  em.create(Schedule, {
    ...{ organizationId, clientId, feedId, ...timing },
    ...{ jobName: scheduledIngestion, payload: { feedId } },
    nextRunAt: nextTurn(timing, await databaseNow(em)),
  });
}

/** A schedule in the feed's own zone follows it to another one, and keeps its times. */
export async function moveSchedule(em: EntityManager, feed: Feed, from: string): Promise<void> {
  const schedule = await em.findOne(Schedule, { feedId: feed.id, timeZone: from });
  if (!schedule || feed.timeZone === from) return;
  schedule.timeZone = feed.timeZone;
  schedule.nextRunAt = nextTurn(schedule, await databaseNow(em));
}

export function toCron(times: readonly string[]): string {
  return times.map(cronOf).join(';');
}

/** The times of day that a feed's schedule is due at, `HH:mm`. */
export function timesOf({ cron }: Pick<Schedule, 'cron'>): string[] {
  return cron.split(';').map((each) => {
    const [minute = '', hour = ''] = each.split(' ');
    return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  });
}

/** Always the same for a feed. */
function jitterOf(feedId: string): number {
  return Number.parseInt(feedId.slice(0, 8), 16) % widestJitterSeconds;
}
