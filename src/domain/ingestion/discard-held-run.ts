import type { EntityManager } from '@mikro-orm/postgresql';
import { resolveAlerts } from '../alert/resolve-alerts.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { outcomeOf } from './finish-run.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { holdEndedRun } from './run-by-hand.ts';
import { RunSlice } from './run-slice.entity.ts';

/**
 * Decide against what a run held back: the days stay as they are, and schedules leave its files alone.
 *
 * A newer file of one of the days is taken up as any; so are these, where somebody starts a run. Source: docs/rules.md.
 * @throws {DomainError} NOT_FOUND; CONFLICT when nothing is held, or it is being approved.
 */
export async function discardHeldRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  await holdEndedRun(em, run);
  const dates = await em.execute<{ date: string }[]>(
    `select date from run_slices where run_id = ? and status = 'HELD' order by date`,
    [run.id],
  );
  if (dates.length === 0) throw new DomainError('CONFLICT', 'Nothing of this run is held.');
  await refuseApproved(em, run);
  // Days first, in order, as loads take them.
  await em.execute(
    `select from slices where feed_id = ? and date in (
       select date from run_slices where run_id = ? and status = 'HELD'
     ) order by date for update`,
    [run.feedId, run.id],
  );
  await em.execute(
    `with discarded as (
       update run_slices set status = 'DISCARDED' where run_id = ? and status = 'HELD'
       returning id, feed_id, date, object_ids
     )
     update slices s set
       passed_over = array(select unnest(s.passed_over || d.object_ids) except select unnest(s.object_ids)),
       status = case when s.version = 0 and s.run_slice_id = d.id then 'FAILED' else s.status end,
       reason = case when s.version = 0 and s.run_slice_id = d.id then 'What came was discarded.' else s.reason end
     from discarded d where s.feed_id = d.feed_id and s.date = d.date`,
    [run.id],
  );
  await resolveAlerts(
    em,
    [run.feedId],
    'HELD_RUN',
    dates.map(({ date }) => date),
  );
  run.outcome = outcomeOf(await em.find(RunSlice, { runId: run.id }, { refresh: true }));
  const after = { outcome: run.outcome, dates: dates.map(({ date }) => date) };
  const entity = { entityType: 'IngestionRun', entityId: run.id };
  recordChange(em, actor, { action: 'DISCARD', ...entity, before: { outcome: 'HELD' }, after });
  await em.flush();
  return run;
}

async function refuseApproved(em: EntityManager, run: IngestionRun): Promise<void> {
  const [approval] = await em.execute<object[]>(
    `select 1 from ingestion_runs r join job_runs j on j.id = r.job_run_id
     where r.origin_run_id = ? and r.feed_id = ? and r.trigger = 'APPROVAL'
       and j.status in ('QUEUED', 'RUNNING', 'SUCCEEDED')
     limit 1`,
    [run.id, run.feedId],
  );
  if (approval) throw new DomainError('CONFLICT', 'It is approved.');
}
