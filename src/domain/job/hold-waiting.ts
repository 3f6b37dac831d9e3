import type { EntityManager } from '@mikro-orm/postgresql';
import { JobRun } from './job-run.entity.ts';

/**
 * A client's run of a job that has the same to do and has not begun: it cannot begin before the caller's transaction
 * ends, and so will see what that changes.
 */
export async function holdWaiting(
  em: EntityManager,
  name: string,
  clientId: string,
  payload: object,
): Promise<JobRun | null> {
  const [waiting] = await em.execute<{ id: string }[]>(
    `select id from job_runs
     where client_id = ? and name = ? and status = 'QUEUED' and cancel_requested_at is null
       and payload = ?::jsonb
     limit 1 for update`,
    [clientId, name, JSON.stringify(payload)],
  );
  return waiting ? em.findOneOrFail(JobRun, waiting.id, { refresh: true }) : null;
}
