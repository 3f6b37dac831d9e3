import type { EntityManager } from '@mikro-orm/postgresql';
import { scheduleDaily } from '../job/schedule-daily.ts';

/** The job that mails what happened in a day. */
export const digest = 'send-digest';

/** Have an organization's people told every morning, by its own clock. */
export async function scheduleDigest(
  em: EntityManager,
  { organizationId, timeZone }: { organizationId: string; timeZone: string },
): Promise<void> {
  await scheduleDaily(em, { organizationId, clientId: null, timeZone }, digest, {}, '08:00');
}
