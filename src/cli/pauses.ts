import type { EntityManager } from '@mikro-orm/postgresql';
import { listQueues } from '../domain/job/list-queues.ts';
import { queueNames } from '../jobs/registry.ts';
import { ago, colored, printTable } from './output.ts';

/** A pause of one queue or (`*`) of all, of one organization or (null) of all. */
export interface Pause {
  queue: string;
  organization: string | null;
  reason: string;
  halting: boolean;
  /** Whether an emergency made it, and ends it. */
  isOfEmergency: boolean;
  since: Date;
}

/** Everything that is paused, the operator's own pauses first. */
export async function listPauses(em: EntityManager): Promise<Pause[]> {
  const rows = await em.execute<(Omit<Pause, 'since'> & { since: string })[]>(
    `select p.queue, o.name as organization, p.reason, p.halts_running as halting, p.paused_at as since,
       p.emergency_id is not null as "isOfEmergency"
     from queue_pauses p left join organizations o on o.id = p.organization_id
     order by p.organization_id nulls first, p.queue`,
  );
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

/** How many jobs run under a lease that has not ended. */
export async function countRunning(em: EntityManager, queue: string): Promise<number> {
  const [row] = await em.execute<{ jobs: number }[]>(
    `select count(*)::int as jobs from job_runs
     where status = 'RUNNING' and lease_until > now() and ? in ('*', queue)`,
    [queue],
  );
  return row?.jobs ?? 0;
}

/** Print what is paused, and what waits and runs in each queue. */
export async function printQueues(em: EntityManager): Promise<void> {
  const pauses = await listPauses(em);
  const queues = await listQueues(em, queueNames);
  if (pauses.length === 0) console.log(colored('green', 'Nothing is paused.'));
  else {
    printTable(
      ['Paused', 'Organization', 'Since', 'Running jobs', 'Reason'],
      pauses.map(({ queue, organization, since, halting, reason }) => [
        queue === '*' ? 'all queues' : queue,
        organization ?? 'all',
        ago(since),
        halting ? 'handed back' : 'go on',
        reason,
      ]),
      60,
    );
  }
  printTable(
    ['Queue', 'Waiting', 'Oldest due', 'Running', 'Failed in a day'],
    queues.map(({ name, waiting, running, failedLastDay, oldestDueAt }) => [
      name,
      waiting,
      oldestDueAt ? ago(oldestDueAt) : '',
      running,
      failedLastDay,
    ]),
  );
}
