import type { EntityManager } from '@mikro-orm/postgresql';
import { hasUnsent } from '../domain/webhook/queue-deliveries.ts';
import type { AddJob } from './define-job.ts';
import { mailAlerts } from './mail-alerts.job.ts';
import { publishAlerts } from './publish-alerts.job.ts';

/** Have people told of alerts that began, and receivers and watchers of those that began or ended. @param isNew whether one began. */
export async function tellOfAlerts(
  em: EntityManager,
  add: AddJob,
  organizationId: string,
  isNew: boolean,
): Promise<void> {
  const owner = { organizationId, clientId: null, priority: 9 };
  if (isNew) await add(mailAlerts, {}, owner);
  if (isNew || (await hasUnsent(em))) await add(publishAlerts, {}, owner);
}
