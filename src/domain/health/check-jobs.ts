import type { EntityManager } from '@mikro-orm/postgresql';
import { type Finding, judge, judgeFailures } from './component.ts';
import { stuckAfterHours } from './limits.ts';

/** Jobs whose attempt has been running for too long: DEGRADED when there is one. */
export async function checkStuckJobs(em: EntityManager): Promise<Finding> {
  const [row] = await em.execute<{ stuck: number }[]>(
    `select count(*)::int as stuck from job_runs
     where status = 'RUNNING' and claimed_at < now() - ? * interval '1 hour'`,
    [stuckAfterHours],
  );
  const finding = judge(row?.stuck ?? 0, 'COUNT', { limit: 0 });
  const message = `Jobs have been running for over ${stuckAfterHours} h.`;
  return finding.status === 'OK' ? finding : { ...finding, message };
}

/** How many of the jobs that succeeded or failed in the last hour failed; cancelled ones are neither. */
export async function checkFailedJobs(em: EntityManager): Promise<Finding> {
  // There is no index by when jobs ended: one that waited for longer than a week is not looked for.
  const [row] = await em.execute<{ failed: number; ended: number }[]>(
    `select count(*) filter (where status = 'FAILED')::int as failed, count(*)::int as ended
     from job_runs
     where status in ('SUCCEEDED', 'FAILED') and finished_at > now() - interval '1 hour'
       and created_at > now() - interval '7 days'`,
  );
  const { failed, ended } = row ?? { failed: 0, ended: 0 };
  const message =
    ended === 0
      ? 'No job ended in the last hour.'
      : `${failed} of the ${ended} jobs that ended in the last hour failed.`;
  return { ...judgeFailures(failed, ended), message };
}
