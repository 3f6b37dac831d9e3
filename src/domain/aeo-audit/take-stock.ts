import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerPlatformName } from './answer-platform.ts';

/** What has become of an audit's questions on one platform. */
export interface PlatformStock {
  platform: AnswerPlatformName;
  pending: number;
  released: number;
  answered: number;
  failed: number;
  skipped: number;
}

/** What has become of an audit's questions, and of its money. */
export interface Stock {
  platforms: PlatformStock[];
  /** US dollars that were spent, and that what is on its way may cost at most; decimals. */
  spent: string;
  committed: string;
  /** Of the latest batch: its questions, and how many of its answers failed. */
  batchQuestions: number;
  batchFailed: number;
  batchAnswers: number;
  /** Since the latest answer ended; null where none has. */
  idleMs: number | null;
}

/**
 * Count what an audit's questions have come to. Those whose job ended without saying so, as one does that costs its
 * workers their lives, have failed; those that a job left alone, since the audit was paused just then, are pending again.
 */
export async function takeStock(em: EntityManager, auditId: string, batch: number): Promise<Stock> {
  await em.execute(
    `update aeo_answers a set cost_ceiling = null,
       status = case when j.status = 'SUCCEEDED' then 'PENDING' else 'FAILED' end,
       job_run_id = case when j.status <> 'SUCCEEDED' then a.job_run_id end,
       error_code = case when j.status <> 'SUCCEEDED' then coalesce(j.error_code, j.status) end,
       error_message = case when j.status <> 'SUCCEEDED'
         then coalesce(j.error_message, 'Its job was cancelled.') end,
       ended_at = case when j.status <> 'SUCCEEDED' then now() end
     from job_runs j
     where a.audit_id = ? and a.status = 'RELEASED' and j.id = a.job_run_id
       and j.status in ('SUCCEEDED', 'FAILED', 'CANCELLED')`,
    [auditId],
  );
  const platforms = await em.execute<PlatformStock[]>(
    `select platform, count(*) filter (where status = 'PENDING')::int as pending,
       count(*) filter (where status = 'RELEASED')::int as released,
       count(*) filter (where status = 'ANSWERED')::int as answered,
       count(*) filter (where status = 'FAILED')::int as failed,
       count(*) filter (where status = 'SKIPPED')::int as skipped
     from aeo_answers where audit_id = ? group by platform order by platform`,
    [auditId],
  );
  const [rest] = await em.execute<Omit<Stock, 'platforms'>[]>(
    `select (coalesce(sum(cost), 0)
         + coalesce((select proposal_cost from aeo_audits where id = ?), 0))::text as spent,
       coalesce(sum(cost_ceiling) filter (where status = 'RELEASED'), 0)::text as committed,
       count(distinct question_id) filter (where batch = ?)::int as "batchQuestions",
       count(*) filter (where batch = ? and status = 'FAILED')::int as "batchFailed",
       count(*) filter (where batch = ?)::int as "batchAnswers",
       (extract(epoch from now() - max(ended_at)) * 1000)::float8 as "idleMs"
     from aeo_answers where audit_id = ?`,
    [auditId, batch, batch, batch, auditId],
  );
  return { platforms, ...(rest as Omit<Stock, 'platforms'>) };
}

/** How many answers have ended, of how many. */
export function countEnded({ platforms }: Pick<Stock, 'platforms'>): {
  ended: number;
  answered: number;
  total: number;
} {
  let [ended, answered, total] = [0, 0, 0];
  for (const each of platforms) {
    const done = each.answered + each.failed + each.skipped;
    ended += done;
    answered += each.answered;
    total += done + each.pending + each.released;
  }
  return { ended, answered, total };
}
