import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '../client/client.entity.ts';
import { placeSchedule } from '../job/place-schedule.ts';
import { AeoSetUp } from './aeo-set-up.entity.ts';

/** The job that a set-up's schedule is for. */
export const startingAudit = 'start-scheduled-aeo-audit';

/** Have audits of a set-up begun by its timing, in the client's time zone; without one, not at all. */
export async function scheduleAudit(
  em: EntityManager,
  setUp: AeoSetUp,
  { timeZone }: Pick<Client, 'timeZone'>,
): Promise<void> {
  const payload = { setUpId: setUp.id };
  await placeSchedule(em, setUp, { jobName: startingAudit, payload, timeZone, enabled: true });
}

/** Keep why an audit that was due did not begin; null where it did. */
export async function noteSkipped(
  em: EntityManager,
  setUpId: string,
  skipReason: string | null,
): Promise<void> {
  await em.execute(
    `update schedules set skip_reason = ? where id = (select schedule_id from aeo_set_ups where id = ?)`,
    [skipReason, setUpId],
  );
}

/** Have the schedules of a client's audits keep their hours in its new time zone. */
export async function moveAudits(em: EntityManager, client: Client): Promise<void> {
  const where = { clientId: client.id, removedAt: null, scheduleId: { $ne: null } };
  for (const setUp of await em.find(AeoSetUp, where)) await scheduleAudit(em, setUp, client);
}
