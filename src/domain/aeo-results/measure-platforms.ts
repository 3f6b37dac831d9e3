import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import { arrayLiteral } from '../array-literal.ts';
import { type Proportion, proportion } from './proportion.ts';

/** Why answers were given up, and how many. */
export interface ErrorCount {
  code: string;
  count: number;
}

/** What asking a platform took in an audit. */
export interface PlatformStatistics {
  platform: AnswerPlatformName;
  /** Times that it was asked, whatever came of it. */
  calls: number;
  answered: number;
  failed: number;
  /** Answers that were given up, of those that were given or given up. */
  failureShare: Proportion;
  /** Of answers that were given, by the nearest rank; null without one. */
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  inputTokens: number;
  outputTokens: number;
  searches: number;
  /** US dollars of answers whose price is known, and how many have none. */
  cost: string;
  unpriced: number;
  errors: ErrorCount[];
}

type Row = Omit<PlatformStatistics, 'failureShare'> & { auditId: string };

/** What asking each platform took, by the ids of audits. */
export async function measurePlatforms(
  em: EntityManager,
  auditIds: readonly string[],
): Promise<Map<string, PlatformStatistics[]>> {
  const rows = await em.execute<Row[]>(
    `select a.audit_id as "auditId", a.platform,
       (sum(a.failures + a.refusals) + count(*) filter (where a.status = 'ANSWERED'))::int as calls,
       (count(*) filter (where a.status = 'ANSWERED'))::int as answered,
       (count(*) filter (where a.status = 'FAILED'))::int as failed,
       percentile_disc(0.5) within group (order by a.latency_ms) as "latencyP50Ms",
       percentile_disc(0.95) within group (order by a.latency_ms) as "latencyP95Ms",
       coalesce(sum(a.input_tokens), 0)::float8 as "inputTokens",
       coalesce(sum(a.output_tokens), 0)::float8 as "outputTokens",
       coalesce(sum(a.searches), 0)::int as searches, coalesce(sum(a.cost), 0)::text as cost,
       (count(*) filter (where a.status = 'ANSWERED' and a.cost is null))::int as unpriced,
       coalesce((
         select json_agg(e order by e.count desc, e.code) from (
           select coalesce(error_code, 'UNKNOWN') as code, count(*) as count from aeo_answers f
           where f.audit_id = a.audit_id and f.status = 'FAILED' and f.platform = a.platform group by 1
         ) e
       ), '[]') as errors
     from aeo_answers a where a.audit_id = any (?::uuid[])
     group by a.audit_id, a.platform order by a.platform`,
    [arrayLiteral(auditIds)],
  );
  const byAudit = Map.groupBy(rows, ({ auditId }) => auditId);
  const gone = await readKept(
    em,
    auditIds.filter((id) => !byAudit.has(id)),
  );
  return new Map(
    auditIds.map((id) => [id, gone.get(id) ?? (byAudit.get(id) ?? []).map(withShare)]),
  );
}

/** What asking took of audits whose answers are no longer kept. */
async function readKept(
  em: EntityManager,
  auditIds: readonly string[],
): Promise<Map<string, PlatformStatistics[]>> {
  if (auditIds.length === 0) return new Map();
  const rows = await em.execute<{ id: string; platforms: PlatformStatistics[] }[]>(
    `select id, kept_results->'platforms' as platforms from aeo_audits
     where id = any (?::uuid[]) and kept_results is not null`,
    [arrayLiteral(auditIds)],
  );
  return new Map(rows.map(({ id, platforms }) => [id, platforms]));
}

function withShare({ auditId: _, ...row }: Row): PlatformStatistics {
  return { ...row, failureShare: proportion(row.failed, row.answered + row.failed) };
}
