import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startProcess } from '../../src/infra/child-process.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import type { BenchInstallation } from '../installation.ts';
import { waitingJob } from './bench-jobs.ts';
import { connectJobsCore } from './connect.ts';

/** How long the other side takes to answer: most of a job's life is such waiting. */
const answerMs = 200;
const concurrency = 4;

/**
 * Jobs that wait for HTTP answers, through a number of worker processes.
 *
 * @returns jobs per second; that of perfect workers is `count of processes * 4 / 0.2 s`.
 */
export async function measureWorkers(
  { env, tenant }: BenchInstallation,
  redisUrl: string | undefined,
  processes: number,
  jobsPerProcess: number,
): Promise<number> {
  const slow = createServer((_, response) => setTimeout(() => response.end(), answerMs));
  await new Promise<void>((ready) => slow.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const settings = env('worker');
  const { core, close } = await connectJobsCore(settings.DATABASE_URL ?? '', redisUrl);
  const workers = await Promise.all(
    Array.from({ length: processes }, () =>
      startProcess(new URL('./worker.js', import.meta.url), {
        env: { ...settings, REDIS_URL: redisUrl ?? '', CONCURRENCY: String(concurrency) },
      }),
    ),
  );
  const ids = await core.database.withTenant(tenant, async (em) => {
    const outbox = openOutbox(em);
    for (let job = 0; job < jobsPerProcess * processes; job++) {
      await outbox.add(waitingJob, { url }, { ...tenant, clientId: null });
    }
    return outbox.jobRunIds;
  });
  await sendJobRuns(core, ids);
  const { perSecond } = await untilEnded();
  for (const worker of workers) await worker.stop();
  await close();
  slow.close();
  return perSecond;

  /** From the first claim to the last end, by the clock of the database. */
  async function untilEnded(): Promise<{ perSecond: number }> {
    for (;;) {
      const [row] = await core.database.withTenant(tenant, (em) =>
        em.execute<{ left: number; perSecond: number }[]>(
          `select count(*) filter (where status in ('QUEUED', 'RUNNING'))::int as left,
             (count(*) / extract(epoch from max(finished_at) - min(started_at)))::float as "perSecond"
           from job_runs where id = any (?::uuid[])`,
          [`{${ids.join(',')}}`],
        ),
      );
      if (row?.left === 0) return row;
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
}
