import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { deriveMetric } from '../metrics/derive-metric.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { type FactSums, gatherTotals, reportedBy, sumColumns } from '../metrics/totals.ts';

/** Metrics by key, as decimal text; null for what is not known. */
export type ReportValues = Partial<Record<MetricKey, string | null>>;

/** What a report says of its days, as it shows them. */
export interface ReportFigures {
  /** Of amounts. */
  currency: string;
  /** Of all of its days together; null where there are no data. */
  totals: ReportValues | null;
  /** Of each day that has data. */
  days: { date: LocalDate; values: ReportValues }[];
}

interface SumRow extends FactSums {
  id: string;
  date: LocalDate;
}

/** What the days of many reports come to by now: the sums that the graph answers from. */
export async function readFigures(
  em: EntityManager,
  reportIds: readonly string[],
): Promise<Map<string, ReportFigures>> {
  const ids = arrayLiteral(reportIds);
  const reports = await em.execute<{ id: string; metrics: MetricKey[]; currency: string }[]>(
    `select r.id, r.metrics, c.currency from issued_reports r join clients c on c.id = r.client_id
     where r.id = any (?::uuid[])`,
    [ids],
  );
  const rows = await em.execute<SumRow[]>(
    `select r.id, f.date::text as date, ${sumColumns}
     from issued_reports r
     join daily_rollups f on f.client_id = r.client_id and f.level = 'CLIENT'
       and f.date between r.from_date and r.to_date
     where r.id = any (?::uuid[])
     group by r.id, f.date, ${reportedBy('daily_rollups')} order by f.date`,
    [ids],
  );
  const byReport = gatherTotals(rows, ({ id }) => id);
  return new Map(
    reports.map(({ id, metrics, currency }) => {
      const own = (byReport.get(id) ?? []) as SumRow[];
      const valuesOf = (sums: readonly FactSums[]): ReportValues =>
        Object.fromEntries(metrics.map((key) => [key, deriveMetric(sums, key)]));
      const days = [...gatherTotals(own, ({ date }) => date)];
      const figures = {
        currency,
        totals: own.length > 0 ? valuesOf(own) : null,
        days: days.map(([date, sums]) => ({ date, values: valuesOf(sums) })),
      };
      return [id, figures];
    }),
  );
}
