import type { EntityManager } from '@mikro-orm/postgresql';

/** How long a batch took, in seconds: from its release until its last answer ended; null while some have not. */
export async function measureBatch(
  em: EntityManager,
  auditId: string,
  batch: number,
): Promise<number | null> {
  const [row] = await em.execute<{ seconds: number | null }[]>(
    `select extract(epoch from max(a.ended_at) - min(j.created_at))::float8 as seconds
     from aeo_answers a join job_runs j on j.id = a.job_run_id
     where a.audit_id = ? and a.batch = ? having bool_and(a.status in ('ANSWERED', 'FAILED', 'SKIPPED'))`,
    [auditId, batch],
  );
  return row?.seconds ?? null;
}
