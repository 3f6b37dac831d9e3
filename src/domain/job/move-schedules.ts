import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import type { Organization } from '../identity/organization.entity.ts';
import { Schedule } from './schedule.entity.ts';
import { nextTurn } from './schedule-daily.ts';

/** The organization's own schedules keep their hours, in its new time zone. */
export async function moveSchedules(
  em: EntityManager,
  { id: organizationId, timeZone }: Organization,
): Promise<void> {
  const now = await databaseNow(em);
  for (const schedule of await em.find(Schedule, { organizationId, clientId: null })) {
    schedule.timeZone = timeZone;
    schedule.nextRunAt = nextTurn(schedule, now);
  }
}
