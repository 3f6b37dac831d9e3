import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { Organization } from '../identity/organization.entity.ts';
import { nextRunAt } from './schedule-daily.ts';

/** The job that removes what has expired and starts what is due. */
export const upkeep = 'run-upkeep';

const cron = '30 3 * * *';

/** Have an organization looked after every night, from when there first is something to look after. */
export async function ensureUpkeep(em: EntityManager, organizationId: string): Promise<void> {
  const { timeZone } = await em.findOneOrFail(Organization, organizationId);
  const next = nextRunAt(cron, timeZone, await databaseNow(em));
  await em.execute(
    `insert into schedules (organization_id, job_name, payload, cron, time_zone, next_run_at)
     values (?, ?, ?::jsonb, ?, ?, ?)
     on conflict (organization_id, job_name) where client_id is null do nothing`,
    [
      ...[organizationId, upkeep, JSON.stringify({ organizationId })],
      ...[cron, timeZone, next.toISOString()],
    ],
  );
}
