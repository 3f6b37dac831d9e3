import type { EntityManager } from '@mikro-orm/postgresql';
import { scheduleDaily } from './schedule-daily.ts';

/** The job that keeps house for an organization. */
export const upkeep = 'run-upkeep';

/** Have an organization looked after every night, by its own clock. */
export async function scheduleUpkeep(
  em: EntityManager,
  { organizationId, timeZone }: { organizationId: string; timeZone: string },
): Promise<void> {
  await scheduleDaily(em, { organizationId, clientId: null, timeZone }, upkeep, {}, '03:00');
}
