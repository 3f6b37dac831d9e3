import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, type DateRange, type LocalDate } from '../calendar.ts';
import type { LoadedRun } from '../ingestion/load-run.ts';
import { ReportRequest } from './report-request.entity.ts';

/** How long a report may wait for the budget before it is given up. */
const patienceMs = 24 * 60 * 60_000;

/**
 * Write down which reports a run needs, before any is asked for: those of its open days that no report of the
 * run stands for yet.
 *
 * @param mostDays that one report may hold.
 */
export async function planReports(
  em: EntityManager,
  { run, feed, pending }: LoadedRun,
  mostDays: number,
): Promise<void> {
  const made = await em.find(ReportRequest, { runId: run.id, state: { $ne: 'FAILED' } });
  const days = pending
    .map(({ date }) => date)
    .filter((date) => !made.some(({ fromDate, toDate }) => fromDate <= date && date <= toDate));
  const { organizationId, clientId, id: feedId, credentialId } = feed;
  for (const { from, to } of splitDays(days, mostDays)) {
    await em.execute(
      `insert into report_requests
         (organization_id, client_id, feed_id, run_id, credential_id, from_date, to_date, deadline_at)
       values (?, ?, ?, ?, ?, ?, ?, now() + ? * interval '1 millisecond')`,
      [organizationId, clientId, feedId, run.id, credentialId, from, to, patienceMs],
    );
  }
}

/** Ranges of at most so many days that hold all days; those between may be in them too. */
function splitDays(days: LocalDate[], mostDays: number): DateRange[] {
  const ranges: DateRange[] = [];
  for (const date of days) {
    const last = ranges.at(-1);
    if (last && date < addDays(last.from, mostDays)) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  return ranges;
}
