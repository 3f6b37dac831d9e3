import type { EntityManager } from '@mikro-orm/postgresql';
import { evaluation } from './schedule-evaluation.ts';

/** The client of a run, where some rule is about it and no evaluation of it waits already. */
export async function findRuledClient(em: EntityManager, runId: string): Promise<string | null> {
  const [row] = await em.execute<{ id: string }[]>(
    `select r.client_id as id from ingestion_runs r
     where r.id = ? and exists (
       select from alert_rules a
       where a.enabled and a.removed_at is null and (a.client_id = r.client_id or a.client_id is null)
     ) and not exists (
       select from job_runs j
       where j.client_id = r.client_id and j.name = ? and j.status = 'QUEUED' and j.attempt = 0
     )`,
    [runId, evaluation],
  );
  return row?.id ?? null;
}
