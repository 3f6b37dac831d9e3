import { arrayLiteral } from '../array-literal.ts';
import type { DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';
import type { RunTrigger } from './ingestion-run.entity.ts';
import type { RunStatus } from './run-status.ts';

/** Which runs are wanted; what is left out does not limit. */
export interface RunFilter {
  clientId?: string | null;
  feedId?: string | null;
  backfillId?: string | null;
  source?: string | null;
  statuses?: readonly RunStatus[] | null;
  triggers?: readonly RunTrigger[] | null;
  /** Runs of any of these days; both ends. */
  days?: DateRange | null;
  createdFrom?: Date | null;
  createdBefore?: Date | null;
  isResolved?: boolean | null;
}

/** SQL of the status of a run `r`, as `runStatus` tells it. */
const status = `(
  select case when j.status in ('QUEUED', 'RUNNING', 'CANCELLED', 'FAILED') then j.status
    else coalesce(r.outcome, 'SUCCEEDED') end
  from job_runs j where j.id = r.job_run_id
)`;

/** SQL of what a filter asks of runs `r`. @throws {DomainError} BAD_USER_INPUT. */
export function conditionsOf(filter: RunFilter): { sql: string; parameters: unknown[] } {
  const { source, statuses, triggers, days, isResolved } = filter;
  if (source?.includes('\0')) throw badInput('A source holds no NUL.', 'source');
  const conditions: [sql: string, value: unknown][] = [
    ['r.client_id = ?', filter.clientId],
    ['r.feed_id = ?', filter.feedId],
    ['r.backfill_id = ?', filter.backfillId],
    ['r.feed_id = any (array(select id from feeds where source = ?))', source],
    [`${status} = any (?::text[])`, statuses && arrayLiteral(statuses)],
    ['r.trigger = any (?::text[])', triggers && arrayLiteral(triggers)],
    ['r.from_date <= ?', days?.to],
    ['r.to_date >= ?', days?.from],
    ['r.created_at >= ?', filter.createdFrom],
    ['r.created_at < ?', filter.createdBefore],
    ['(r.resolved_at is not null) = ?', isResolved],
  ];
  const given = conditions.filter(([, value]) => value !== null && value !== undefined);
  return {
    sql: ['true', ...given.map(([sql]) => sql)].join(' and '),
    parameters: given.map(([, value]) => value),
  };
}
