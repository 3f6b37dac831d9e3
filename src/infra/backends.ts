import type { Logger } from 'pino';
import { createAnnouncer } from './announcer.ts';
import { checkRole, createDatabase } from './database.ts';
import { createQueueBackend } from './queue.ts';
import type { ServiceConfig } from './services.ts';
import { createObjectStore } from './storage.ts';

export interface BackendOptions {
  services: ServiceConfig;
  /** Connections to the database. */
  poolSize: number;
  log: Logger;
  /** Told how to disconnect from each, in the order in which they were connected. */
  onStop(stop: () => unknown): void;
}

/**
 * Connect to what both server and worker work with.
 *
 * @throws {Error} when the database does not answer, or its role is one that row-level security does not bind.
 */
export async function connectBackends({ services, poolSize, log, onStop }: BackendOptions) {
  const { databaseUrl, s3 } = services;
  const database = await createDatabase({ url: databaseUrl, poolSize });
  onStop(() => database.close());
  await checkRole(database);
  const store = createObjectStore(s3);
  onStop(() => store.close());
  const queue = createQueueBackend(databaseUrl, log);
  onStop(() => queue.close());
  const announcer = createAnnouncer(databaseUrl, log);
  onStop(() => announcer.close());
  return { database, store, queue, announcer };
}
