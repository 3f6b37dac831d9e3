import type { RateLimiter } from '../../domain/rate-limit.ts';
import type { Announcer } from '../../jobs/announcer.ts';
import type { Log } from '../../jobs/log.ts';
import type { QueueBackend } from '../../jobs/queue-backend.ts';
import { connectPostgresBroker } from './postgres-broker.ts';
import { connectRedisBroker } from './redis-broker.ts';

/** What carries messages between processes. All of it can be lost: the truth is in the database. */
export interface Broker {
  queue: QueueBackend;
  announcer: Announcer;
  rateLimiter: RateLimiter;
  close(): Promise<void>;
}

export interface BrokerOptions {
  databaseUrl: string;
  redisUrl: string | undefined;
  isProduction: boolean;
  log: Log;
}

/**
 * Redis where one is configured, else PostgreSQL: the one place that knows which.
 *
 * @throws {Error} when Redis does not answer, is too old or, in production, may evict what it holds.
 */
export async function connectBroker(options: BrokerOptions): Promise<Broker> {
  const { databaseUrl, redisUrl, isProduction, log } = options;
  return redisUrl
    ? connectRedisBroker(redisUrl, { isProduction, log })
    : connectPostgresBroker(databaseUrl, log);
}
