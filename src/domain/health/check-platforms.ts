import type { EntityManager } from '@mikro-orm/postgresql';
import { type Finding, judgeFailures } from './component.ts';

interface Calls {
  source: string;
  failed: number;
  ended: number;
  lastSuccessAt: string | null;
}

/**
 * Each source of the active clients' feeds, by what it answered the jobs that loaded from it in the last 24
 * hours: a file that cannot be used is an answer too. Jobs that failed for reasons of ours say nothing about
 * it, nor do approvals, which load what we have. The last success is looked for in the last 30 days.
 */
export async function checkPlatforms(em: EntityManager): Promise<Finding[]> {
  const platforms = await em.execute<Calls[]>(
    `with sources as (
       select distinct f.source
       from feeds f join clients c on c.id = f.client_id and c.status = 'ACTIVE'
     ), calls as (
       select f.source, count(*) filter (where j.error_code = 'UPSTREAM_FAILED')::int as failed,
         count(*)::int as ended
       from ingestion_runs r
       join feeds f on f.id = r.feed_id
       join job_runs j on j.id = r.job_run_id
       where r.trigger <> 'APPROVAL' and r.created_at > now() - interval '2 days'
         and j.finished_at > now() - interval '1 day'
         and (j.status = 'SUCCEEDED'
           or j.status = 'FAILED' and j.error_code in ('UPSTREAM_FAILED', 'BAD_USER_INPUT'))
       group by f.source
     )
     select source, coalesce(failed, 0) as failed, coalesce(ended, 0) as ended,
       success.at as "lastSuccessAt"
     from sources
     left join calls using (source)
     left join lateral (
       select j.finished_at as at
       from ingestion_runs r
       join feeds f on f.id = r.feed_id and f.source = sources.source
       join job_runs j on j.id = r.job_run_id and j.status = 'SUCCEEDED'
       where r.trigger <> 'APPROVAL' and r.created_at > now() - interval '30 days'
       order by r.created_at desc limit 1
     ) success on true
     order by source`,
  );
  return platforms.map(({ source, failed, ended, lastSuccessAt }) => ({
    ...judgeFailures(failed, ended),
    source,
    message:
      ended === 0
        ? 'It was not asked in the last 24 hours.'
        : `${failed} of the ${ended} loads of the last 24 hours failed for want of an answer.`,
    lastSuccessAt: lastSuccessAt === null ? null : new Date(lastSuccessAt),
  }));
}
