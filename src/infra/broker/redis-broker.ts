import { Queue, Worker } from 'bullmq';
import type { Log } from '../../jobs/log.ts';
import type { Broker } from './broker.ts';
import { createBullQueue } from './bullmq-queue.ts';
import { createRedisPacer } from './pacer.ts';
import { createRedisRateLimiter } from './rate-limiter.ts';
import { createRedisAnnouncer } from './redis-announcer.ts';
import { checkRedis } from './redis-check.ts';
import { openRedis, type Redis } from './redis-connection.ts';
import { measureRedisMemory } from './redis-info.ts';

/** In braces, so that a cluster keeps all keys of our queues in one slot, as BullMQ's scripts need. */
const prefix = '{mediagraph}';

/**
 * BullMQ, publish and subscribe, and counters on Redis.
 *
 * @throws {Error} when it does not answer, is too old or, in production, may evict what it holds.
 */
export async function connectRedisBroker(
  url: string,
  { isProduction, log }: { isProduction: boolean; log: Log },
): Promise<Broker> {
  const open: Redis[] = [];
  const connect = (use: Parameters<typeof openRedis>[1]) => {
    const redis = openRedis(url, use);
    redis.on('error', (error) => log.warn({ err: error }, 'redis connection lost'));
    open.push(redis);
    return redis;
  };
  const close = () => {
    for (const redis of open) redis.disconnect();
  };
  const commands = connect('COMMANDS');
  try {
    await checkRedis(commands, { url, isProduction, log });
  } catch (error) {
    close();
    throw error;
  }
  // A worker waits for work on its connection, whatever becomes of the server meanwhile.
  let waiting: Redis | undefined;
  const queue = createBullQueue({
    openQueue: (name) => new Queue(name, { connection: commands, prefix }),
    openWorker(name, process, options) {
      waiting ??= connect('WAITING');
      return new Worker(name, process, { ...options, connection: waiting, prefix });
    },
    log,
  });
  const announcer = createRedisAnnouncer(commands, () => connect('WAITING'), log);
  return {
    queue,
    lendQueue: queue.lendQueue,
    announcer,
    rateLimiter: createRedisRateLimiter(commands),
    pacer: createRedisPacer(commands, log),
    measureMemory: () => measureRedisMemory(commands),
    async close() {
      await announcer.close();
      await queue.close();
      close();
    },
  };
}
