import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { type AuditStage, type AuditStatus, isOpen } from './aeo-audit.entity.ts';
import type { PlatformStock } from './take-stock.ts';

/** How far an audit is on one platform. */
export interface PlatformProgress extends PlatformStock {
  /** 0 to 1. */
  progress: number;
  /** Times that it gave no answer, those that were asked again included. */
  errors: number;
}

/** How far an audit is. */
export interface AuditProgress {
  stage: AuditStage;
  /** Of the whole, and of its stage: 0 to 1. */
  progress: number;
  stageProgress: number;
  platforms: PlatformProgress[];
  batch: number;
  answersPerMinute: number | null;
  /** By the speed so far; null before it has one, and once it has ended. */
  estimatedCompletionAt: Date | null;
  /** US dollars, for the proposal of questions as well. */
  spent: string;
  lastError: string | null;
}

interface AuditRow {
  id: string;
  status: AuditStatus;
  stage: AuditStage;
  progress: number;
  batch: number;
  askedMs: number | null;
  spent: string;
  last_error: string | null;
  now: string;
  /** `recent`: those that have ended since it was last begun, resumed or retried. */
  platforms: (Omit<PlatformProgress, 'progress'> & { recent: number })[] | null;
}

/** How far audits are, by their ids. */
export async function measureAudits(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, AuditProgress>> {
  const rows = await em.execute<AuditRow[]>(
    `select u.id, u.status, u.stage, u.progress::float8 as progress, u.batch, now()::text as now,
       extract(epoch from coalesce(u.finished_at, now()) - u.asking_since)::float8 * 1000 as "askedMs",
       coalesce(u.kept_results->>'spent',
         (coalesce((select sum(cost) from aeo_answers a where a.audit_id = u.id), 0)
           + coalesce(u.proposal_cost, 0))::text) as spent,
       (select error_message from aeo_answers a where a.audit_id = u.id and error_message is not null
        order by ended_at desc nulls first limit 1) as last_error,
       (select json_agg(p order by p.platform) from (
          select platform, count(*) filter (where status = 'PENDING')::int as pending,
            count(*) filter (where status = 'RELEASED')::int as released,
            count(*) filter (where status = 'ANSWERED')::int as answered,
            count(*) filter (where status = 'FAILED')::int as failed,
            count(*) filter (where status = 'SKIPPED')::int as skipped,
            sum(failures + refusals)::int as errors,
            count(*) filter (where status in ('ANSWERED', 'FAILED') and ended_at >= u.asking_since)::int as recent
          from aeo_answers a where a.audit_id = u.id group by platform) p) as platforms
     from aeo_audits u where u.id = any (?::uuid[])`,
    [arrayLiteral(ids)],
  );
  return new Map(rows.map((row) => [row.id, toProgress(row)]));
}

function toProgress({ platforms, askedMs, ...row }: AuditRow): AuditProgress {
  const recent = sum(platforms ?? [], (each) => each.recent);
  const measured = (platforms ?? []).map(({ recent: _, ...each }) => {
    const done = each.answered + each.failed + each.skipped;
    return { ...each, progress: done / (done + each.pending + each.released) };
  });
  const ended = sum(measured, ({ answered, failed }) => answered + failed);
  const left = sum(measured, ({ pending, released }) => pending + released);
  const perMs = askedMs && recent > 0 ? recent / askedMs : null;
  const isAsking = row.status === 'RUNNING' && left > 0;
  return {
    ...{ stage: row.stage, progress: row.progress, platforms: measured, batch: row.batch },
    stageProgress: stageProgressOf(row.stage, row.status, shareOf(ended, ended + left)),
    answersPerMinute: perMs && Math.round(perMs * 600_000) / 10,
    estimatedCompletionAt:
      perMs && isAsking ? new Date(Date.parse(row.now) + Math.ceil(left / perMs)) : null,
    ...{ spent: row.spent, lastError: row.last_error },
  };
}

/** Only the asking is told in parts; what an audit that has ended was at last is done. */
function stageProgressOf(stage: AuditStage, status: AuditStatus, asked: number): number {
  if (stage === 'PROCESSING_QUESTIONS') return asked;
  return stage === 'FINALIZING' && !isOpen(status) ? 1 : 0;
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0);
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
