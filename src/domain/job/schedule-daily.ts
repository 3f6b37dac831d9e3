import type { EntityManager } from '@mikro-orm/postgresql';
import { CronExpressionParser } from 'cron-parser';
import { databaseNow } from '../database-clock.ts';
import { Schedule } from './schedule.entity.ts';

/**
 * Have a job sent every day.
 *
 * @param at hour and minute in the owner's time zone, `HH:mm`.
 */
export async function scheduleDaily(
  em: EntityManager,
  owner: { organizationId: string; clientId: string | null; timeZone: string },
  jobName: string,
  payload: object,
  at: string,
): Promise<void> {
  const cron = cronOf(at);
  const now = await databaseNow(em);
  em.create(Schedule, {
    organizationId: owner.organizationId,
    clientId: owner.clientId,
    timeZone: owner.timeZone,
    nextRunAt: nextRunAt(cron, owner.timeZone, now),
    ...{ jobName, payload, cron },
  });
}

/** When a schedule is due. */
export type Timing = Pick<Schedule, 'cron' | 'timeZone' | 'jitterSeconds'>;

/** The first instant after `after` at which a schedule is due, across changes of the clock. */
export function nextTurn({ cron, timeZone, jitterSeconds }: Timing, after: Date): Date {
  const jitterMs = jitterSeconds * 1000;
  const from = new Date(after.getTime() - jitterMs);
  const turns = cron.split(';').map((each) => nextRunAt(each, timeZone, from).getTime());
  return new Date(Math.min(...turns) + jitterMs);
}

/** The cron expression of a time of day, `HH:mm`. */
export function cronOf(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour} * * *`;
}

/** The first instant after `after` that a cron expression names in a time zone, across clock changes. */
export function nextRunAt(cron: string, timeZone: string, after: Date): Date {
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate();
}
