import { createPostgresBackend, type PgPool, type Queue, withBackend } from 'bullmq';
import { Pool } from 'pg';
import type { Log } from '../../jobs/log.ts';
import type { Broker } from './broker.ts';
import { createBullQueue } from './bullmq-queue.ts';
import { createPostgresPacer } from './pacer.ts';
import { createPostgresAnnouncer } from './postgres-announcer.ts';
import { createPostgresRateLimiter } from './rate-limiter.ts';

/** BullMQ, LISTEN and NOTIFY, and counters in a table: nothing to install beside the database. */
export function connectPostgresBroker(databaseUrl: string, log: Log): Broker {
  // One pool for all queues. Each worker keeps one of its connections to listen on.
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 12,
    options: '-c search_path=bullmq',
  });
  // Each queue listens for itself, and so does each of its workers.
  pool.setMaxListeners(100);
  pool.on('error', (error) => log.warn({ err: error }, 'queue connection lost'));
  const { Queue: PostgresQueue, Worker } = withBackend(createPostgresBackend);
  const connection = pool as unknown as PgPool;
  const queue = createBullQueue({
    // One class for all stores; only its type tells them apart.
    openQueue: (name) => new PostgresQueue(name, { connection }) as unknown as Queue,
    openWorker: (name, process, options) => new Worker(name, process, { ...options, connection }),
    log,
  });
  const announcer = createPostgresAnnouncer(databaseUrl, log);
  return {
    queue,
    lendQueue: queue.lendQueue,
    announcer,
    rateLimiter: createPostgresRateLimiter(pool),
    pacer: createPostgresPacer(pool, log),
    measureMemory: async () => null,
    async close() {
      await announcer.close();
      await queue.close();
      await pool.end();
    },
  };
}
