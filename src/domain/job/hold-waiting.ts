import type { EntityManager } from '@mikro-orm/postgresql';
import { JobRun } from './job-run.entity.ts';

/**
 * A run of a job that has the same to do, for a client or, of null, for the organization, and has not begun: it cannot
 * begin before the caller's transaction ends, and so will see what that changes.
 */
export async function holdWaiting(
  em: EntityManager,
  name: string,
  clientId: string | null,
  payload: object,
): Promise<JobRun | null> {
  const [waiting] = await em.execute<{ id: string }[]>(
    `select id from job_runs
     where (client_id = ?::uuid or ?::uuid is null and client_id is null) and name = ? and status = 'QUEUED' and cancel_requested_at is null
       and payload = ?::jsonb
     limit 1 for update`,
    [clientId, clientId, name, JSON.stringify(payload)],
  );
  return waiting ? em.findOneOrFail(JobRun, waiting.id, { refresh: true }) : null;
}
