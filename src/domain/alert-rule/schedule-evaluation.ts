import type { EntityManager } from '@mikro-orm/postgresql';
import { scheduleDaily } from '../job/schedule-daily.ts';

/** The job that evaluates alert rules. */
export const evaluation = 'evaluate-alert-rules';

/** Have an organization's rules evaluated every morning, before its digest: what never comes makes no run to follow. */
export async function scheduleEvaluation(
  em: EntityManager,
  { organizationId, timeZone }: { organizationId: string; timeZone: string },
): Promise<void> {
  await scheduleDaily(em, { organizationId, clientId: null, timeZone }, evaluation, {}, '07:30');
}
