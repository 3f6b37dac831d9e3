import type { Pool } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { DomainError } from '../../domain/errors.ts';
import type { RateLimit, RateLimiter } from '../../domain/rate-limit.ts';
import type { Redis } from './redis-connection.ts';

type OpenLimiter = (options: {
  keyPrefix: string;
  points: number;
  duration: number;
  /** Counts within this process while the store is away. */
  insuranceLimiter: RateLimiterAbstract;
}) => RateLimiterAbstract;

export function createRedisRateLimiter(storeClient: Redis): RateLimiter {
  return createRateLimiter((options) => new RateLimiterRedis({ ...options, storeClient }));
}

export function createPostgresRateLimiter(storeClient: Pool): RateLimiter {
  const table = { schemaName: 'operations', tableName: 'rate_limits', tableCreated: true };
  return createRateLimiter(
    (options) =>
      new RateLimiterPostgres({ ...options, ...table, storeClient, clearExpiredByTimeout: true }),
  );
}

function createRateLimiter(open: OpenLimiter): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = ({ name, points, seconds }: RateLimit) => {
    const known = limiters.get(name);
    if (known) return known;
    const options = { keyPrefix: `limit:${name}`, points, duration: seconds };
    const limiter = open({ ...options, insuranceLimiter: new RateLimiterMemory(options) });
    limiters.set(name, limiter);
    return limiter;
  };

  return {
    async consume(limit, key) {
      try {
        await limiterOf(limit).consume(key);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.ceil(error.msBeforeNext / 1000);
        throw new DomainError('RATE_LIMITED', `Too many tries; try again in ${seconds} s.`);
      }
    },
    async giveBack(limit, key) {
      await limiterOf(limit).reward(key);
    },
  };
}
