import type { Logger } from 'pino';
import {
  checkRole,
  createDatabase,
  type Database,
  type DatabaseOptions,
  RoleError,
} from './database.ts';
import type { ReadTransaction } from './read-transaction.ts';

/** How long a replica that did not answer is left alone. */
const pauseMs = 10_000;

/**
 * Have what may lag answered by a read replica, and by the primary while the replica does not answer: then
 * with one warning, until it answers again.
 *
 * @throws {RoleError} when the replica's role is one that row-level security does not bind.
 */
export async function connectReplica(
  primary: Database,
  options: DatabaseOptions,
  { log, onStop }: { log: Pick<Logger, 'warn' | 'info'>; onStop(stop: () => unknown): void },
): Promise<Database> {
  let replica: Database | undefined;
  let retryAt = 0;

  const open = async (): Promise<Database> => {
    const opened = await createDatabase({ ...options, connectTimeoutMs: 5_000 });
    try {
      await checkRole(opened, 'DATABASE_REPLICA_URL');
    } catch (error) {
      await opened.close();
      throw error;
    }
    // Of two requests that opened it at once, the first one's is kept.
    if (!replica) return opened;
    await opened.close();
    return replica;
  };
  const tell = (err: unknown) => {
    if (retryAt === 0) log.warn({ err }, 'the read replica does not answer; the primary does');
    retryAt = Date.now() + pauseMs;
  };
  const tryReplica = async <T>(use: (database: Database) => Promise<T>): Promise<T | undefined> => {
    if (Date.now() < retryAt) return undefined;
    try {
      replica ??= await open();
      const result = await use(replica);
      if (retryAt > 0) log.info('the read replica answers again');
      retryAt = 0;
      return result;
    } catch (error) {
      tell(error);
      return undefined;
    }
  };

  replica = await open().catch((error) => {
    if (error instanceof RoleError) throw error;
    tell(error);
    return undefined;
  });
  onStop(() => replica?.close());
  return {
    ...primary,
    // A membership that has ended has ended at once, not when the replica hears of it.
    beginReadAs: undefined,
    async beginRead(tenant, mayLag): Promise<ReadTransaction> {
      const reading = mayLag && (await tryReplica((database) => database.beginRead(tenant, true)));
      return reading || primary.beginRead(tenant);
    },
    poolState() {
      const own = primary.poolState();
      const { inUse = 0, idle = 0, waiting = 0 } = replica?.poolState() ?? {};
      return {
        inUse: own.inUse + inUse,
        idle: own.idle + idle,
        waiting: own.waiting + waiting,
      };
    },
  };
}
