import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkTimeZone } from '../calendar.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, found } from '../errors.ts';
import { checkTimeOfDay } from '../job/check-time-of-day.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { nextTurn } from '../job/schedule-daily.ts';
import { Feed } from './feed.entity.ts';
import { timesOf, toCron } from './feed-schedule.ts';

export interface FeedScheduleChanges {
  /** Times of day, `HH:mm`. */
  times?: string[] | null;
  /** IANA name of the zone that they are of. */
  timeZone?: string | null;
  isPaused?: boolean | null;
}

const mostTimes = 24;

/**
 * Change when a feed's runs start; what is null or left out stays.
 *
 * @throws {DomainError} NOT_FOUND (feed, or one whose client is about to be erased); BAD_USER_INPUT.
 */
export async function setFeedSchedule(
  em: EntityManager,
  actor: Actor,
  feedId: string,
  { times, timeZone, isPaused }: FeedScheduleChanges,
): Promise<Feed> {
  const feed = found(await em.findOne(Feed, feedId), 'feed');
  await em.execute('select from schedules where feed_id = ? for no key update', [feedId]);
  const schedule = found(await em.findOne(Schedule, { feedId }), 'schedule');
  const before = describe(schedule);
  if (times != null) schedule.cron = toCron(checkTimes(times));
  schedule.timeZone = checkTimeZone(timeZone ?? schedule.timeZone);
  if (isPaused != null) schedule.enabled = !isPaused;
  const after = describe(schedule);
  if (JSON.stringify(after) === JSON.stringify(before)) return feed;
  // One that goes on after a pause does not make up for what it left out: its next run looks back.
  schedule.nextRunAt = nextTurn(schedule, await databaseNow(em));
  const entity = { entityType: 'Feed', entityId: feedId };
  recordChange(em, actor, { action: 'SET_SCHEDULE', ...entity, before, after });
  await em.flush();
  return feed;
}

function checkTimes(times: string[]): string[] {
  if (times.length < 1 || times.length > mostTimes) {
    throw badInput(`A schedule has 1 to ${mostTimes} times of day.`, 'times');
  }
  return [...new Set(times.map((time) => checkTimeOfDay(time, 'times')))].sort();
}

function describe(schedule: Schedule) {
  const { timeZone, enabled } = schedule;
  return { times: timesOf(schedule), timeZone, isPaused: !enabled };
}
