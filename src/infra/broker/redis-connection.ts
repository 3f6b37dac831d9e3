import { Cluster, Redis as RedisClient } from 'ioredis';
import { parseRedisUrl } from './redis-url.ts';

export type Redis = RedisClient | Cluster;

/**
 * Open a connection.
 *
 * @param use COMMANDS fail soon while Redis is away, so that a request does not wait for it; WAITING goes on
 *   for as long as it takes.
 */
export function openRedis(url: string, use: 'COMMANDS' | 'WAITING'): Redis {
  const address = parseRedisUrl(url);
  const { form, hosts, db, master, username, password } = address;
  const tls = address.tls && { tls: {} };
  const options = {
    ...(username && { username }),
    ...(password && { password }),
    ...tls,
    connectTimeout: 5_000,
    // Commands of one moment travel together.
    enableAutoPipelining: use === 'COMMANDS',
    // Of one server it is known at once that it is away; nothing waits for it then.
    enableOfflineQueue: use === 'WAITING' || form !== 'redis',
    maxRetriesPerRequest: use === 'WAITING' ? null : 1,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
    ...(use === 'COMMANDS' && { commandTimeout: 2_000 }),
  };
  const [first] = hosts;
  if (form === 'cluster') {
    return new Cluster(hosts, {
      redisOptions: options,
      clusterRetryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
      // Certificates name hosts, not the addresses that nodes announce.
      ...(address.tls && { dnsLookup: (host, found) => found(null, host) }),
    });
  }
  if (form === 'sentinel' && master) {
    return new RedisClient({
      ...options,
      db,
      sentinels: hosts,
      name: master,
      ...(password && { sentinelPassword: password }),
      ...(address.tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
    });
  }
  return new RedisClient({ ...options, ...first, db });
}
