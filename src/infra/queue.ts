import { createPostgresBackend, type PgPool, withBackend } from 'bullmq';
import { Pool } from 'pg';
import type { Log } from '../jobs/log.ts';
import type { QueueBackend } from '../jobs/queue-backend.ts';

/** Longer than any stall that is not a death; the lease in PostgreSQL decides who may work. */
const lockDurationMs = 30_000;

/** BullMQ on PostgreSQL: nothing to install. */
export function createQueueBackend(databaseUrl: string, log: Log): QueueBackend {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  // One pool for all queues. Each worker keeps one of its connections to listen on.
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 12,
    options: '-c search_path=bullmq',
  });
  const connection = pool as unknown as PgPool;
  pool.on('error', (error) => log.warn({ err: error }, 'queue connection lost'));
  const queues = new Map<string, InstanceType<typeof Queue>>();
  const queueNamed = (name: string) => {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection });
    queue.on('error', (error) => log.warn({ err: error, queue: name }, 'queue error'));
    queues.set(name, queue);
    return queue;
  };

  return {
    async send(queue, name, { id, jobRunId }, delayMs) {
      await queueNamed(queue).add(
        name,
        { jobRunId },
        {
          jobId: id,
          delay: delayMs,
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    },

    async holds(queue, deliveryId) {
      return (await queueNamed(queue).getJob(deliveryId)) !== undefined;
    },

    work(queue, concurrency, process) {
      const worker = new Worker(queue, (job) => process(job.data.jobRunId), {
        connection,
        concurrency,
        lockDuration: lockDurationMs,
        // Our own lease counts the deaths of workers; the queue must not give up before it does.
        maxStalledCount: 1_000_000,
      });
      worker.on('error', (error) => log.warn({ err: error, queue }, 'queue error'));
      return { close: () => worker.close() };
    },

    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await pool.end();
    },
  };
}
