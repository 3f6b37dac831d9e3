import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../domain/audit-log/record-change.ts';
import { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { calendarOf } from '../domain/identity/calendar-of.ts';
import { holdWaiting } from '../domain/job/hold-waiting.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { type RequestedRange, resolveRange } from '../domain/requested-range.ts';
import { findEndedPeriods, findStalePeriods } from '../domain/summary/find-periods.ts';
import type { SummaryKind } from '../domain/summary/summary-settings.ts';
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

/**
 * Have the summaries of a client's weeks and months made that some days belong to, whatever is known of them. While a job
 * for just that waits, it is the answer.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT when none of them is over.
 */
export async function generateSummaries(
  em: EntityManager,
  actor: Actor,
  { clientId, kinds, range }: { clientId: string; kinds: SummaryKind[]; range: RequestedRange },
  add: AddJob,
): Promise<JobRun> {
  const client = found(await em.findOne(Client, clientId), 'client');
  const chosen = { kinds, ...resolveRange(range, await calendarOf(em, client)) };
  await findEndedPeriods(em, clientId, chosen);
  const waiting = await holdWaiting(em, summarizeClient.name, clientId, { clientId, chosen });
  if (waiting) return waiting;
  const { organizationId, userId, origin } = actor;
  const owner = { organizationId, clientId, requestedBy: userId, requestId: origin.requestId };
  const id = await add(summarizeClient, { clientId, chosen }, owner);
  const [entity, after] = [
    { entityType: 'JobRun', entityId: id },
    { clientId, ...chosen },
  ];
  recordChange(em, actor, { action: 'START', ...entity, before: null, after });
  await em.flush();
  return em.findOneOrFail(JobRun, id);
}
