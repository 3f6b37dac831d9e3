import type { EntityManager } from '@mikro-orm/postgresql';
import { holdWaiting } from '../domain/job/hold-waiting.ts';
import { findStalePeriods } from '../domain/summary/find-periods.ts';
import type { AddJob } from './define-job.ts';
import { summarizeClient } from './summarize-client.job.ts';

/** Behind what loads days: what it sums up may change again. */
const priority = 3;

/**
 * Have a client's summaries made anew where its figures have changed since: for whatever has changed them, after it did.
 * While a job for that waits, it will see the change as well.
 */
export async function requestSummaries(
  em: EntityManager,
  { organizationId, clientId }: { organizationId: string; clientId: string },
  add: AddJob,
): Promise<void> {
  const payload = { clientId };
  if (await holdWaiting(em, summarizeClient.name, clientId, payload)) return;
  const stale = await findStalePeriods(em, clientId);
  if (stale.length > 0) await add(summarizeClient, payload, { organizationId, clientId, priority });
}
