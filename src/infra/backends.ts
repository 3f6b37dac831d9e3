import type { Logger } from 'pino';
import type { Tracing } from '../jobs/tracing.ts';
import { connectBroker } from './broker/connect-broker.ts';
import { createFieldCipher } from './crypto.ts';
import { checkRole, createDatabase } from './database.ts';
import { createMailer } from './mail/create-mailer.ts';
import { connectReplica } from './replica.ts';
import type { ServiceConfig } from './services.ts';
import { createObjectStore } from './storage.ts';

export interface BackendOptions {
  services: ServiceConfig;
  /** Connections to the database. */
  poolSize: number;
  /** Where queries are read, if not there. */
  replicaUrl?: string | undefined;
  log: Logger;
  tracing: Tracing;
  /** Told how to disconnect from each, in the order in which they were connected. */
  onStop(stop: () => unknown): void;
}

/**
 * Connect to what both server and worker work with.
 *
 * @throws {Error} when the database does not answer, when its role is one that row-level security does not
 *   bind, or when Redis is configured and cannot be used.
 */
export async function connectBackends(options: BackendOptions) {
  const { services, poolSize, replicaUrl, log, tracing, onStop } = options;
  const { databaseUrl, redisUrl, isProduction, s3, encryptionKeys, blindIndexKey } = services;
  const primary = await createDatabase({ url: databaseUrl, poolSize, tracing });
  onStop(() => primary.close());
  await checkRole(primary);
  const database = replicaUrl
    ? await connectReplica(primary, { url: replicaUrl, poolSize, tracing }, { log, onStop })
    : primary;
  const store = createObjectStore(s3, tracing);
  onStop(() => store.close());
  const broker = await connectBroker({ databaseUrl, redisUrl, isProduction, log });
  onStop(() => broker.close());
  const { queue, lendQueue, announcer, rateLimiter, pacer, measureMemory } = broker;
  const cipher = createFieldCipher(encryptionKeys, blindIndexKey);
  const mailer = createMailer(services.mail, log);
  return {
    ...{ database, store, cipher, mailer },
    ...{ queue, lendQueue, announcer, rateLimiter, pacer, measureMemory },
  };
}
