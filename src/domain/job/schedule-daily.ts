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
  const [hour, minute] = at.split(':').map(Number);
  const cron = `${minute} ${hour} * * *`;
  const now = await databaseNow(em);
  em.create(Schedule, {
    organizationId: owner.organizationId,
    clientId: owner.clientId,
    timeZone: owner.timeZone,
    nextRunAt: nextRunAt(cron, owner.timeZone, now),
    ...{ jobName, payload, cron },
  });
}

/** The first instant after `after` that a cron expression names in a time zone, across clock changes. */
export function nextRunAt(cron: string, timeZone: string, after: Date): Date {
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate();
}
