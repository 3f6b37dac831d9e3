import type { EntityManager } from '@mikro-orm/postgresql';
import { ReportRequest } from './report-request.entity.ts';

const openStates = ['PLANNED', 'CREATING', 'PENDING'] as const;

/** How many of a run's reports there are, and how many of them have ended. */
export interface ReportCounts {
  ended: number;
  total: number;
  /** Until the next of the others is due; null where all have ended. */
  waitMs: number | null;
}

export async function countReports(em: EntityManager, runId: string): Promise<ReportCounts> {
  const [counts] = await em.execute<ReportCounts[]>(
    `select count(*) filter (where ended_at is not null)::int as ended, count(*)::int as total,
       case when bool_or(ended_at is null) then greatest(0, ceil(
         extract(epoch from min(next_at) filter (where ended_at is null) - now()) * 1000
       ))::int end as "waitMs"
     from report_requests where run_id = ?`,
    [runId],
  );
  return counts as ReportCounts;
}

/** The reports of a run whose time has come, in the order of their days. */
export async function listDueReports(em: EntityManager, runId: string): Promise<ReportRequest[]> {
  const due = await em.execute<{ id: string }[]>(
    `select id from report_requests where run_id = ? and ended_at is null
       and next_at <= now() + interval '1 second'`,
    [runId],
  );
  const ids = due.map(({ id }) => id);
  return em.find(
    ReportRequest,
    { id: { $in: ids }, state: { $in: [...openStates] } },
    { orderBy: { fromDate: 'asc' } },
  );
}

/** The reports of a run that are there to be loaded, the newest first. */
export function listFetchedReports(em: EntityManager, runId: string): Promise<ReportRequest[]> {
  return em.find(
    ReportRequest,
    { runId, state: 'FETCHED' },
    { orderBy: { requestedAt: 'desc', id: 'asc' } },
  );
}
