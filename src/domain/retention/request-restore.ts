import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { LocalDate } from '../calendar.ts';
import { badInput, DomainError } from '../errors.ts';
import { JobRun } from '../job/job-run.entity.ts';
import { startOf } from '../range-preset.ts';
import { findRemoved } from './restore-facts.ts';

/**
 * Have a month of all of the organization's clients put back from the archive. One that is being put back is returned
 * instead of a second job.
 *
 * @param enqueue puts the job on its way; returns the id of its run.
 * @throws {DomainError} BAD_USER_INPUT for a day that begins no month; CONFLICT when nothing of it is archived.
 */
export async function requestRestore(
  em: EntityManager,
  actor: Actor,
  month: LocalDate,
  enqueue: (payload: { month: string }) => Promise<string>,
): Promise<JobRun> {
  if (startOf('month', month, 1) !== month) {
    throw badInput('Give the first day of the month.', 'month');
  }
  // Who asks twice at once takes turns.
  await em.execute(
    `select pg_advisory_xact_lock(hashtextextended('restore ' || app_organization(), 0))`,
  );
  const [open] = await em.execute<{ id: string }[]>(
    `select id from job_runs
     where name = 'restore-facts' and status in ('QUEUED', 'RUNNING') and payload ->> 'month' = ? limit 1`,
    [month],
  );
  if (open) return em.findOneOrFail(JobRun, open.id);
  const clients = await findRemoved(em, month);
  if (clients.length === 0) {
    throw new DomainError('CONFLICT', `Nothing of ${month.slice(0, 7)} is in the archive alone.`);
  }
  const id = await enqueue({ month });
  recordChange(em, actor, {
    ...{ action: 'RESTORE', entityType: 'ArchivedMonth', entityId: id },
    ...{ before: null, after: { month, clients: clients.length } },
  });
  await em.flush();
  return em.findOneOrFail(JobRun, id);
}
