import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import type { BenchInstallation } from '../installation.ts';
import { emptyJob } from './bench-jobs.ts';
import { connectJobsCore } from './connect.ts';

const producers = 4;
/** Jobs of one transaction, or given to the bare queue at once. */
const batch = 50;
const concurrency = 100;

/** Empty jobs through our own core, from the first mutation to the last end. @returns jobs per second. */
export async function measureOwnCore(
  { env, tenant }: BenchInstallation,
  redisUrl: string | undefined,
  count: number,
): Promise<number> {
  const { core, startWorkers, close } = await connectJobsCore(
    env('worker').DATABASE_URL ?? '',
    redisUrl,
  );
  const workers = startWorkers(concurrency);
  const perSecond = await measure(
    count,
    async () => {
      const ids = await core.database.withTenant(tenant, async (em) => {
        const outbox = openOutbox(em);
        for (let job = 0; job < batch; job++) {
          await outbox.add(emptyJob, {}, { ...tenant, clientId: null });
        }
        return outbox.jobRunIds;
      });
      await sendJobRuns(core, ids);
    },
    async () => {
      for (let left = count; left > 0; ) {
        const [row] = await core.database.withTenant(tenant, (em) =>
          em.execute<{ left: number }[]>(
            `select count(*)::int as left from job_runs where status in ('QUEUED', 'RUNNING')`,
          ),
        );
        left = row?.left ?? 0;
      }
    },
  );
  await workers.close();
  await close();
  return perSecond;
}

/** The same jobs through BullMQ alone. @returns jobs per second. */
export async function measureBareQueue(
  { env }: BenchInstallation,
  redisUrl: string | undefined,
  count: number,
): Promise<number> {
  const store = redisUrl
    ? openBareRedis(redisUrl)
    : openBarePostgres(env('worker').DATABASE_URL ?? '');
  const finished = Promise.withResolvers<void>();
  let done = 0;
  const worker = store.openWorker('bare', async () => {
    done += 1;
    if (done === count) finished.resolve();
  });
  const queue = store.openQueue('bare');
  const perSecond = await measure(
    count,
    () =>
      Promise.all(
        Array.from({ length: batch }, () =>
          queue.add(
            'bare',
            {},
            { jobId: randomUUID(), removeOnComplete: true, removeOnFail: true },
          ),
        ),
      ),
    () => finished.promise,
  );
  await worker.close();
  await queue.close();
  await store.close();
  return perSecond;
}

function openBareRedis(url: string) {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return {
    openQueue: (name: string) => new Queue(name, { connection }),
    openWorker: (name: string, process: () => Promise<void>) =>
      new Worker(name, process, { connection, concurrency }),
    close: async () => connection.disconnect(),
  };
}

function openBarePostgres(connectionString: string) {
  const bound = withBackend(createPostgresBackend);
  const pool = new Pool({ connectionString, max: 12, options: '-c search_path=bullmq' });
  const connection = pool as never;
  return {
    openQueue: (name: string) => new bound.Queue(name, { connection }),
    openWorker: (name: string, process: () => Promise<void>) =>
      new bound.Worker(name, process, { connection, concurrency }),
    close: () => pool.end(),
  };
}

/** Put `count` jobs in, in batches, and wait for the last. */
async function measure(
  count: number,
  put: () => Promise<unknown>,
  untilDone: () => Promise<void>,
): Promise<number> {
  const startedAt = performance.now();
  let given = 0;
  await Promise.all(
    Array.from({ length: producers }, async () => {
      while (given < count) {
        given += batch;
        await put();
      }
    }),
  );
  await untilDone();
  return count / ((performance.now() - startedAt) / 1000);
}
