import type { EntityManager } from '@mikro-orm/postgresql';
import { listLateFeeds } from '../../domain/feed/list-late-feeds.ts';
import { listWorkers } from '../../domain/job/list-workers.ts';
import { queueNames } from '../../jobs/registry.ts';
import { listPauses, type Pause } from '../pauses.ts';
import { type Check, fail, ok, warn } from './check.ts';

const lateAfterDays = 1;

/** What the installation does: workers, jobs, queues and feeds. */
export async function checkWork(em: EntityManager, leaseMs: number): Promise<Check[]> {
  return [
    ...(await checkWorkers(em, leaseMs)),
    await checkStuck(em, leaseMs),
    await checkDeadLetters(em),
    await checkPauses(em),
    await checkFeeds(em),
  ];
}

async function checkWorkers(em: EntityManager, leaseMs: number): Promise<Check[]> {
  const workers = (await listWorkers(em)).filter(
    ({ status, lastBeatAt }) => status === 'ALIVE' && Date.now() - lastBeatAt.getTime() < leaseMs,
  );
  const versions = [...new Set(workers.map(({ version }) => version))];
  const unserved = queueNames.filter(
    (name) => !workers.some(({ queues }) => queues.includes(name)),
  );
  if (workers.length === 0) {
    return [fail('workers', 'none is alive', 'start one: npm run worker, or scale the deployment')];
  }
  return [
    ok('workers', `${workers.length} alive`),
    versions.length === 1
      ? ok('versions of workers', `all ${versions[0]}`)
      : warn(
          'versions of workers',
          versions.join(', '),
          'finish the rollout: older ones leave newer jobs alone',
        ),
    ...unserved.map((name) =>
      fail(`queue ${name}`, 'no worker serves it', `start a worker with --queues ${name}`),
    ),
  ];
}

async function checkStuck(em: EntityManager, leaseMs: number): Promise<Check> {
  const [row] = await em.execute<{ late: number; left: number }[]>(
    `select count(*) filter (where status = 'QUEUED')::int as late,
       count(*) filter (where status = 'RUNNING')::int as left
     from job_runs
     where status = 'QUEUED' and run_at < now() - interval '15 minutes' and not exists (
         select from queue_pauses p where p.queue in ('*', job_runs.queue)
           and (p.organization_id is null or p.organization_id = job_runs.organization_id))
       or status = 'RUNNING' and lease_until < now() - ? * interval '1 millisecond'`,
    [2 * leaseMs],
  );
  const { late = 0, left = 0 } = row ?? {};
  if (late + left === 0) return ok('stuck jobs', 'none');
  return warn(
    'stuck jobs',
    `${late} have waited over 15 min, ${left} were left by a worker and not taken up`,
    'see `workers`; start more: docs/operations.md#mediagraphstuckruns',
  );
}

async function checkDeadLetters(em: EntityManager): Promise<Check> {
  const [row] = await em.execute<{ jobs: number }[]>(
    `select count(*)::int as jobs from job_runs
     where status = 'FAILED' and finished_at > now() - interval '7 days'`,
  );
  const jobs = row?.jobs ?? 0;
  return jobs === 0
    ? ok('dead letters', 'no job failed for good in 7 days')
    : warn(
        'dead letters',
        `${jobs} jobs failed for good in 7 days`,
        '`requeue --list`, mend, `requeue`',
      );
}

async function checkPauses(em: EntityManager): Promise<Check> {
  const pauses = await listPauses(em);
  const own = pauses.filter(({ organization }) => organization === null);
  if (pauses.length === 0) return ok('paused queues', 'none');
  const names = pauses.map(
    ({ queue, organization, reason }) =>
      `${queue === '*' ? 'all queues' : queue} of ${organization ?? 'all'} (${reason})`,
  );
  return warn('paused queues', names.join('; '), cureOf(own));
}

function cureOf(own: Pause[]): string {
  if (own.length === 0) return 'their administrators resume them';
  if (own.some(({ isOfEmergency }) => isOfEmergency)) {
    return 'an emergency lasts: `emergency off` once it is over (docs/operations.md#in-a-breach)';
  }
  return own.some(({ queue }) => queue === '*') ? '`emergency resume`' : '`queue resume NAME`';
}

async function checkFeeds(em: EntityManager): Promise<Check> {
  const feeds = await listLateFeeds(em, lateAfterDays);
  if (feeds.length === 0) return ok('feeds', 'all have data up to yesterday or the day before');
  const named = feeds
    .slice(0, 5)
    .map(
      ({ client, name, latest, id }) =>
        `${client} / ${name} (${id}) ends ${latest ?? 'never began'}`,
    );
  const more = feeds.length > 5 ? `; and ${feeds.length - 5} more` : '';
  return warn(
    'feeds',
    `${feeds.length} behind: ${named.join('; ')}${more}`,
    'see the runs of the feed, then `backfill`: docs/operations.md#mediagraphfeedsbehind',
  );
}
