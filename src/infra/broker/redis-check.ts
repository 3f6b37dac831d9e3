import type { Log } from '../../jobs/log.ts';
import type { Redis } from './redis-connection.ts';
import { readRedisInfo } from './redis-info.ts';
import { showRedisAddress } from './redis-url.ts';

const longestWaitMs = 10_000;
const leastVersion = [6, 2] as const;

/**
 * Refuse a Redis that cannot be worked with.
 *
 * @throws {Error} when it does not answer in time, is older than 6.2 or, in production, evicts keys when its
 *   memory is full: jobs would vanish from the queue.
 */
export async function checkRedis(
  redis: Redis,
  { url, isProduction, log }: { url: string; isProduction: boolean; log: Log },
): Promise<void> {
  const where = showRedisAddress(url);
  await untilReady(redis, where);
  for (const info of await readRedisInfo(redis)) {
    const [major = 0, minor = 0] = (info.get('redis_version') ?? '').split('.').map(Number);
    if (major < leastVersion[0] || (major === leastVersion[0] && minor < leastVersion[1])) {
      throw new Error(
        `REDIS_URL: Redis ${leastVersion.join('.')} is needed; ${where} is ${major}.${minor}`,
      );
    }
    const policy = info.get('maxmemory_policy') ?? 'noeviction';
    if (policy === 'noeviction') continue;
    const problem = `REDIS_URL: ${where} evicts keys when its memory is full (maxmemory-policy ${policy})`;
    const cure = 'set it to noeviction: jobs would vanish from the queue';
    if (isProduction) throw new Error(`${problem}; ${cure}`);
    log.warn({}, `${problem}; ${cure}`);
  }
}

/** @throws {Error} why it cannot be used, when it is not ready in time. */
export function untilReady(redis: Redis, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let reason = 'it does not answer';
    const timer = setTimeout(() => end(), longestWaitMs);
    const note = (error: Error) => {
      reason = error.message || String(error);
      // Trying again would not change these.
      if (/WRONGPASS|NOAUTH|NOPERM|ERR DB index|certificate|wrong version number/i.test(reason))
        end();
      if (/ECONNREFUSED|ENOTFOUND/.test(reason)) end();
    };
    const end = (isReady = false) => {
      clearTimeout(timer);
      redis.off('ready', ready).off('error', note);
      if (isReady) resolve();
      else reject(new Error(`REDIS_URL: cannot use ${where}: ${reason}`));
    };
    const ready = () => end(true);
    redis.once('ready', ready).on('error', note);
    if (redis.status === 'ready') ready();
  });
}
