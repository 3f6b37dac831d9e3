import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { plainDecimal } from '../plain-decimal.ts';
import type { SliceTotals } from './slice-totals.ts';

interface RuleCount {
  rule: string;
  rows: number;
}

/** What a run counted, over all its days. */
export interface RunReport {
  runId: string;
  rowsRead: number;
  rowsRejected: number;
  rowsMerged: number;
  /** Facts of creatives that days had not before, have otherwise, and have no more. */
  rowsInserted: number;
  rowsUpdated: number;
  rowsRemoved: number;
  /** Of the days that it applied, or found as they were; null where there is none. */
  totalsBefore: SliceTotals | null;
  totalsAfter: SliceTotals | null;
  /** Rejected rows by rule, most first; a row may break several. */
  rejections: RuleCount[];
  /** Accepted rows by the rule, taken as a warning, that they broke. */
  warnings: RuleCount[];
}

const facts = ['rows', 'impressions', 'clicks', 'conversions', 'revenue', 'spend'] as const;
const isDone = `s.status in ('APPLIED', 'UNCHANGED')`;

/** Sums as text, exact; null where nothing was reported. */
type TextTotals = Record<(typeof facts)[number], string | null>;
interface Totals {
  totalsBefore: TextTotals | null;
  totalsAfter: TextTotals | null;
}

function totalsOf(sums: TextTotals | null): SliceTotals | null {
  return (
    sums && {
      rows: Number(sums.rows ?? 0),
      impressions: Number(sums.impressions ?? 0),
      clicks: sums.clicks === null ? null : Number(sums.clicks),
      conversions: plainDecimal(sums.conversions),
      revenue: plainDecimal(sums.revenue),
      spend: plainDecimal(sums.spend ?? '0'),
    }
  );
}

/** Add up the slices of each of many runs, in one statement. */
export async function reportRuns(
  em: EntityManager,
  runIds: readonly string[],
): Promise<Map<string, RunReport>> {
  const ruleCounts = (rows: string) =>
    `(select coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'rows', rows) order by rows desc, rule), '[]')
      from (${rows}) counts)`;
  // Days that had no data before count as nothing.
  const totals = (
    column: string,
  ) => `case when count(s.totals_after) filter (where ${isDone}) > 0 then
    jsonb_build_object(${facts
      .map(
        (fact) =>
          `'${fact}', (sum((s.${column} ->> '${fact}')::numeric) filter (where ${isDone}))::text`,
      )
      .join(', ')}) end`;
  const reports = await em.execute<(Omit<RunReport, keyof Totals> & Totals)[]>(
    `select r.id as "runId", t.*,
       ${ruleCounts(`
         select problem.value ->> 'rule' as rule, count(*) as rows
         from run_slices s join rejected_rows x on x.run_slice_id = s.id
         cross join jsonb_array_elements(x.reasons) problem
         where s.run_id = r.id group by 1`)} as rejections,
       ${ruleCounts(`
         select key as rule, sum(value::bigint) as rows
         from run_slices s cross join jsonb_each_text(s.warnings) where s.run_id = r.id group by 1`)} as warnings
     from ingestion_runs r
     cross join lateral (
       select coalesce(sum(rows_read), 0)::float8 as "rowsRead",
         coalesce(sum(rows_rejected), 0)::float8 as "rowsRejected",
         coalesce(sum(rows_merged), 0)::float8 as "rowsMerged",
         coalesce(sum(rows_inserted), 0)::float8 as "rowsInserted",
         coalesce(sum(rows_updated), 0)::float8 as "rowsUpdated",
         coalesce(sum(rows_removed), 0)::float8 as "rowsRemoved",
         ${totals('totals_before')} as "totalsBefore", ${totals('totals_after')} as "totalsAfter"
       from run_slices s where s.run_id = r.id
     ) t
     where r.id = any (?::uuid[])`,
    [arrayLiteral(runIds)],
  );
  return new Map(
    reports.map((report) => [
      report.runId,
      {
        ...report,
        totalsBefore: totalsOf(report.totalsBefore),
        totalsAfter: totalsOf(report.totalsAfter),
      },
    ]),
  );
}
