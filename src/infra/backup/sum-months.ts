import type { ClientBase } from 'pg';
import type { MonthTotals } from './manifest.ts';

/** Exact totals of the facts of all organizations, by month. */
export async function sumMonths(client: ClientBase): Promise<MonthTotals[]> {
  const { rows } = await client.query<MonthTotals>(
    `select to_char(date, 'YYYY-MM') as month, count(*)::int as rows,
       sum(impressions)::text as impressions, sum(clicks)::text as clicks,
       sum(conversions)::text as conversions, sum(revenue)::text as revenue, sum(spend)::text as spend
     from daily_metrics group by 1 order by 1`,
  );
  return rows;
}
