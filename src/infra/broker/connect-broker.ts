import type { Log } from '../../jobs/log.ts';
import type { Broker } from './broker.ts';
import { connectPostgresBroker } from './postgres-broker.ts';
import { connectRedisBroker } from './redis-broker.ts';

interface BrokerOptions {
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
