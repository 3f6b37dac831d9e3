import { untilReady } from './redis-check.ts';
import { openRedis } from './redis-connection.ts';
import { nodesOf, readInfo } from './redis-info.ts';
import { showRedisAddress } from './redis-url.ts';

/** What one Redis says of itself. */
export interface RedisDescription {
  version: string;
  evictionPolicy: string;
  /** Whether what it holds is written to disk, as a log or as snapshots that succeed. */
  isPersistent: boolean;
  usedBytes: number;
  /** 0 where it has no limit. */
  maxBytes: number;
}

/** Each node that keeps data. @throws {Error} when it does not answer. */
export async function describeRedis(url: string): Promise<RedisDescription[]> {
  const redis = openRedis(url, 'COMMANDS');
  try {
    await untilReady(redis, showRedisAddress(url));
    return await Promise.all(
      nodesOf(redis).map(async (node) => {
        const info = await readInfo(node);
        const [, saves = ''] = await node
          .config('GET', 'save')
          .then((answer) => answer as string[])
          // Managed ones do not tell their configuration; they keep it themselves.
          .catch(() => ['save', 'unknown']);
        return {
          version: info.get('redis_version') ?? 'unknown',
          evictionPolicy: info.get('maxmemory_policy') ?? 'noeviction',
          isPersistent:
            info.get('aof_enabled') === '1' ||
            (saves !== '' && info.get('rdb_last_bgsave_status') === 'ok'),
          usedBytes: Number(info.get('used_memory') ?? 0),
          maxBytes: Number(info.get('maxmemory') ?? 0),
        };
      }),
    );
  } finally {
    redis.disconnect();
  }
}
