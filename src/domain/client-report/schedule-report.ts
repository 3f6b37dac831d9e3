import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '../client/client.entity.ts';
import { placeSchedule } from '../job/place-schedule.ts';
import { ReportDefinition } from './report-definition.entity.ts';

/** The job that a report's schedule is for. */
export const issuing = 'issue-report';

/** Have a report issued by its timing, in the client's time zone; without one, not at all. */
export async function scheduleReport(
  em: EntityManager,
  definition: ReportDefinition,
  { timeZone }: Pick<Client, 'timeZone'>,
): Promise<void> {
  const { id: definitionId, enabled } = definition;
  const job = { jobName: issuing, payload: { definitionId }, timeZone, enabled };
  await placeSchedule(em, definition, job);
}

/** Have the schedules of a client's reports keep their hours in its new time zone. */
export async function moveReports(em: EntityManager, client: Client): Promise<void> {
  const where = { clientId: client.id, removedAt: null, scheduleId: { $ne: null } };
  for (const definition of await em.find(ReportDefinition, where)) {
    await scheduleReport(em, definition, client);
  }
}
