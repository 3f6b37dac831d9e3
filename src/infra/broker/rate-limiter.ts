import type { Pool } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { tooOften } from '../../domain/errors.ts';
import type { PointStore, RateLimit, RateLimiter } from '../../domain/rate-limit.ts';
import type { Redis } from './redis-connection.ts';

type OpenLimiter = (options: {
  keyPrefix: string;
  points: number;
  duration: number;
  /** Counts within this process while the store is away. */
  insuranceLimiter: RateLimiterAbstract;
}) => RateLimiterAbstract;

export function createRedisRateLimiter(storeClient: Redis): RateLimiter & PointStore {
  return createRateLimiter((options) => new RateLimiterRedis({ ...options, storeClient }));
}

export function createPostgresRateLimiter(storeClient: Pool): RateLimiter & PointStore {
  const table = { schemaName: 'operations', tableName: 'rate_limits', tableCreated: true };
  return createRateLimiter(
    (options) =>
      new RateLimiterPostgres({ ...options, ...table, storeClient, clearExpiredByTimeout: true }),
  );
}

function createRateLimiter(open: OpenLimiter): RateLimiter & PointStore {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = ({ name, points, seconds }: RateLimit) => {
    const known = limiters.get(name);
    if (known) return known;
    const options = { keyPrefix: `limit:${name}`, points, duration: seconds };
    const limiter = open({ ...options, insuranceLimiter: new RateLimiterMemory(options) });
    limiters.set(name, limiter);
    return limiter;
  };

  const consume = (limit: RateLimit, key: string, points: number, noun: string) =>
    limiterOf(limit)
      .consume(key, points)
      .catch((error) => {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw tooOften(noun, error.msBeforeNext);
      });

  return {
    async consume(limit, key) {
      await consume(limit, key, 1, 'tries');
    },
    async takeAhead(limit, key, points) {
      const { msBeforeNext } = await consume(limit, key, points, 'requests');
      return { goodForMs: msBeforeNext };
    },
    async giveBack(limit, key) {
      await limiterOf(limit).reward(key);
    },
  };
}
