import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { tooOften } from '../errors.ts';
import { requirePerson } from '../identity/viewer.ts';
import { MetricsExport } from './metrics-export.entity.ts';
import type { SettledExport } from './settle-export.ts';

/** Exports of one person that may be under way at once. */
const mostOpen = 20;
const minute = 60_000;

/**
 * Put an export on its way.
 *
 * @param enqueue adds the job that makes it; returns the id of its run.
 * @throws {DomainError} FORBIDDEN for a service token, which reads rows by itself; RATE_LIMITED.
 */
export async function createExport(
  em: EntityManager,
  asker: Actor,
  settled: SettledExport,
  enqueue: (
    made: Pick<MetricsExport, 'id' | 'organizationId' | 'clientId' | 'requestedBy'>,
  ) => Promise<string>,
): Promise<MetricsExport> {
  const actor = requirePerson(asker);
  const { organizationId, userId: requestedBy } = actor;
  // Who asks many times at once takes turns.
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('exports ' || ?::uuid, 0))`, [
    requestedBy,
  ]);
  const [open] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from metrics_exports e join job_runs j on j.id = e.job_run_id
     where e.requested_by = ? and j.status in ('QUEUED', 'RUNNING')`,
    [requestedBy],
  );
  if ((open?.count ?? 0) >= mostOpen) throw tooOften('exports under way', minute);
  const { format, query, clientId } = settled;
  const id = randomUUID();
  const jobRunId = await enqueue({ id, organizationId, clientId, requestedBy });
  // The ORM knows of no relation between the two: the job is to be there first.
  await em.flush();
  const made = em.create(MetricsExport, { ...settled, id, organizationId, requestedBy, jobRunId });
  recordChange(em, actor, {
    ...{ action: 'EXPORT', entityType: 'MetricsExport', entityId: id, before: null },
    after: { format, range: query.range, clientId, jobRunId },
  });
  await em.flush();
  return made;
}
