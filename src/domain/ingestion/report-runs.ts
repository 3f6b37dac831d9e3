import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';

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
  /** Rejected rows by rule, most first; a row may break several. */
  rejections: RuleCount[];
  /** Accepted rows by the rule, taken as a warning, that they broke. */
  warnings: RuleCount[];
}

/** Add up the slices of each of many runs, in one statement. */
export async function reportRuns(
  em: EntityManager,
  runIds: readonly string[],
): Promise<Map<string, RunReport>> {
  const ruleCounts = (rows: string) =>
    `(select coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'rows', rows) order by rows desc, rule), '[]')
      from (${rows}) counts)`;
  const reports = await em.execute<RunReport[]>(
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
         coalesce(sum(rows_merged), 0)::float8 as "rowsMerged"
       from run_slices s where s.run_id = r.id
     ) t
     where r.id = any (?::uuid[])`,
    [arrayLiteral(runIds)],
  );
  return new Map(reports.map((report) => [report.runId, report]));
}
