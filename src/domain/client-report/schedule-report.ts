import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { nextTurn } from '../job/schedule-daily.ts';
import { ReportDefinition } from './report-definition.entity.ts';
import { cronOfTiming } from './report-timing.ts';

/** The job that a report's schedule is for. */
export const issuing = 'issue-report';

/** Have a report issued by its timing, in the client's time zone; without one, not at all. */
export async function placeSchedule(
  em: EntityManager,
  definition: ReportDefinition,
  { timeZone }: Pick<Client, 'timeZone'>,
): Promise<void> {
  const { id, organizationId, clientId, timing, scheduleId, enabled } = definition;
  if (!timing) return removeSchedule(em, definition);
  const wanted = { cron: cronOfTiming(timing), timeZone, enabled };
  const known = scheduleId && (await em.findOne(Schedule, scheduleId));
  const isSame =
    known && known.cron === wanted.cron && known.timeZone === timeZone && known.enabled === enabled;
  if (isSame) return;
  const nextRunAt = nextTurn({ ...wanted, jitterSeconds: 0 }, await databaseNow(em));
  if (known) {
    Object.assign(known, { ...wanted, nextRunAt });
    return;
  }
  const schedule = em.create(Schedule, {
    ...{ organizationId, clientId, feedId: null, ...wanted, nextRunAt },
    ...{ jobName: issuing, payload: { definitionId: id } },
  });
  // The ORM knows of no relation between the two: the schedule is to be there first.
  await em.persist(schedule).flush();
  definition.scheduleId = schedule.id;
}

export async function removeSchedule(
  em: EntityManager,
  definition: ReportDefinition,
): Promise<void> {
  const { scheduleId } = definition;
  if (!scheduleId) return;
  definition.scheduleId = null;
  await em.flush();
  await em.nativeDelete(Schedule, scheduleId);
}

/** Have the schedules of a client's reports keep their hours in its new time zone. */
export async function moveReports(em: EntityManager, client: Client): Promise<void> {
  const where = { clientId: client.id, removedAt: null, scheduleId: { $ne: null } };
  for (const definition of await em.find(ReportDefinition, where)) {
    await placeSchedule(em, definition, client);
  }
}
