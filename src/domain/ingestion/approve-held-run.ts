import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice } from './run-slice.entity.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

/**
 * Apply what a run held back: a new run loads the same archived files, without holding them.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT when nothing is held or a day has moved on since.
 */
export async function approveHeldRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await em.execute('select from ingestion_runs where id = ? for no key update', [run.id]);
  const held = await em.find(
    RunSlice,
    { runId: run.id, status: 'HELD' },
    { orderBy: { date: 'asc' } },
  );
  if (held.length === 0) throw new DomainError('CONFLICT', 'Nothing of this run is held.');
  await refuseMovedOn(em, run);

  const { organizationId, clientId, feedId } = run;
  const owner = { organizationId, clientId, feedId };
  const dates = held.map((slice) => slice.date);
  const approval = em.create(IngestionRun, {
    ...owner,
    trigger: 'APPROVAL',
    fromDate: dates.at(0) ?? run.fromDate,
    toDate: dates.at(-1) ?? run.toDate,
  });
  await em.flush();
  for (const { date, objectIds, sourcePosition } of held) {
    em.create(RunSlice, { ...owner, runId: approval.id, date, objectIds, sourcePosition });
  }
  await em.flush();
  approval.jobRunId = await enqueue(approval);
  const entity = { entityType: 'IngestionRun', entityId: run.id };
  const after = { appliedBy: approval.id, dates };
  recordChange(em, actor, { action: 'APPROVE', ...entity, before: { outcome: 'HELD' }, after });
  await em.flush();
  return approval;
}

/** A slice has moved on when a later file was applied to it, or when this approval was given before. */
async function refuseMovedOn(em: EntityManager, run: IngestionRun): Promise<void> {
  const [moved] = await em.execute<{ date: string }[]>(
    `select h.date from run_slices h
     where h.run_id = ? and h.status = 'HELD' and exists (
       select from run_slices later
       join ingestion_runs r on r.id = later.run_id
       join job_runs j on j.id = r.job_run_id
       where later.feed_id = h.feed_id and later.date = h.date and later.id <> h.id
         and (later.status in ('APPLIED', 'UNCHANGED') and later.finished_at > h.finished_at
           or later.status = 'PENDING' and r.trigger = 'APPROVAL' and j.status in ('QUEUED', 'RUNNING'))
     ) limit 1`,
    [run.id],
  );
  if (moved) throw new DomainError('CONFLICT', `${moved.date} has moved on since it was held.`);
}
