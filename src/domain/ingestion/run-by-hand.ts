import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { DomainError } from '../errors.ts';
import { hasEnded, JobRun } from '../job/job-run.entity.ts';
import { refuseArchivedDays } from '../retention/refuse-archived.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice } from './run-slice.entity.ts';
import type { EnqueueIngestion } from './start-ingestion.ts';

/** A day of a run that somebody makes of another one. */
export type ChosenSlice = Pick<RunSlice, 'date'> &
  Partial<Pick<RunSlice, 'objectIds' | 'sourcePosition' | 'replacesId'>>;

/** What is made of a run. */
export interface RunByHand {
  trigger: 'APPROVAL' | 'RETRY' | 'REVERT' | 'RESUBMISSION';
  /** As the audit log calls it. */
  action: string;
  /** In order. */
  slices: ChosenSlice[];
}

/** Hold a run, so that what people decide on it takes turns. @throws {DomainError} CONFLICT while it is under way. */
export async function holdEndedRun(em: EntityManager, run: IngestionRun): Promise<JobRun | null> {
  await em.execute('select from ingestion_runs where id = ? for no key update', [run.id]);
  await em.refresh(run);
  const job = await em.findOne(JobRun, { id: run.jobRunId ?? '' });
  if (job && !hasEnded(job.status)) throw new DomainError('CONFLICT', 'The run has not ended yet.');
  return job;
}

/**
 * Make a run of days of another one, with the objects that were chosen for each, and enqueue it.
 *
 * @throws {DomainError} CONFLICT when one of the days is archived.
 */
export async function makeRunByHand(
  em: EntityManager,
  actor: Actor,
  origin: IngestionRun,
  { trigger, action, slices }: RunByHand,
  enqueue: EnqueueIngestion,
): Promise<IngestionRun> {
  const { organizationId, clientId, feedId } = origin;
  const owner = { organizationId, clientId, feedId };
  const dates = slices.map(({ date }) => date);
  await refuseArchivedDays(em, clientId, dates);
  const run = em.create(IngestionRun, {
    ...{ ...owner, trigger, originRunId: origin.id },
    ...{ fromDate: dates.at(0) ?? origin.fromDate, toDate: dates.at(-1) ?? origin.toDate },
  });
  await em.flush();
  for (const slice of slices) em.create(RunSlice, { ...owner, ...slice, runId: run.id });
  await em.flush();
  run.jobRunId = await enqueue(run);
  const entity = { entityType: 'IngestionRun', entityId: origin.id };
  recordChange(em, actor, { action, ...entity, before: null, after: { run: run.id, dates } });
  await em.flush();
  return run;
}
