import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral } from '../domain/array-literal.ts';
import { entities } from '../domain/entities.ts';
import type { Tenant } from '../domain/identity/viewer.ts';
import type { CopyStream } from '../jobs/database.ts';
import type { Tracing } from '../jobs/tracing.ts';
import { openingAs, type SessionIds, type SessionMember } from './open-as-member.ts';
import { PipelinedClient, type PipelinedClientConfig } from './pipelined-client.ts';
import { beginReading, beginReadingWith, type ReadTransaction } from './read-transaction.ts';
import { traceStatements } from './trace-statements.ts';
import { untraced } from './tracing.ts';

/**
 * The only ways to the tables.
 *
 * Each transaction sets its tenant for itself alone, so that a pooled connection carries nothing over;
 * without one, as in `call` and `copyInto`, row-level security shows no row at all.
 */
export interface Database {
  /** Run `fn` in a transaction that sees one tenant; it commits when `fn` returns. */
  withTenant<T>(tenant: Tenant, fn: (em: EntityManager) => Promise<T>): Promise<T>;
  /**
   * Open a repeatable-read, read-only transaction that sees one tenant. The caller ends it.
   *
   * @param mayLag lets a read replica answer, where there is one.
   */
  beginRead(tenant: Tenant, mayLag?: boolean): Promise<ReadTransaction>;
  /**
   * The same as whom a session is of; that it stands is found out by what opens the transaction. Not where what is
   * read may lag behind who may read it.
   *
   * @param read makes what they may do of who they are, or throws what every answer then fails with.
   */
  beginReadAs?:
    | (<T>(
        session: SessionIds,
        read: (member: SessionMember | undefined) => T,
      ) => Promise<ReadTransaction & { opened: Promise<T> }>)
    | undefined;
  /** Call one of the SECURITY DEFINER functions, which work across organizations. */
  call<Row extends object>(name: string, ...parameters: unknown[]): Promise<Row[]>;
  /** Stream rows in COPY's text format into a table without row-level security (staging). */
  copyInto(table: string, columns: string[]): Promise<CopyStream>;
  /** Connections of the pool as they are now, and how many wait for one. */
  poolState(): { inUse: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  tracing?: Tracing;
  /** How long a connection may take to be made. */
  connectTimeoutMs?: number;
  /** Told of every statement, for tests that count them. */
  onStatement?: (sql: string) => void;
}

/** Options of the ORM that the application and the migrator share. */
export function ormOptions(
  url: string,
  poolSize: number,
  told: Pick<PipelinedClientConfig, 'traceStatement' | 'onStatement'> = {},
): Options {
  return {
    clientUrl: url,
    entities,
    pool: { min: 0, max: poolSize },
    driverOptions: {
      Client: PipelinedClient,
      ...told,
      application_name: 'mediagraph',
      connectionTimeoutMillis: 15_000,
      idle_in_transaction_session_timeout: 60_000,
    },
    ignoreUndefinedInQuery: true,
  };
}

/** Connect as an application role. @throws when the database cannot be reached. */
export async function createDatabase(options: DatabaseOptions): Promise<Database> {
  const { onStatement, tracing = untraced } = options;
  const traceStatement = traceStatements(tracing, options.url);
  const base = ormOptions(options.url, options.poolSize, { traceStatement, onStatement });
  const { connectTimeoutMs } = options;
  // Its `init` would load what migrates too.
  const orm = new MikroORM({
    ...base,
    ...(connectTimeoutMs !== undefined && {
      driverOptions: { ...base.driverOptions, connectionTimeoutMillis: connectTimeoutMs },
    }),
  });
  const pool = (await orm.em.getConnection().getNativeClient()) as Pool;
  const forTenant = (tenant: Tenant, settings: Record<string, string> = {}): EntityManager => {
    const em = orm.em.fork();
    em.setSessionContext({ variables: { ...sessionVariables(tenant), ...settings } });
    return em;
  };

  return {
    withTenant: (tenant, fn) =>
      tracing.step({ name: 'transaction', kind: 'INTERNAL' }, () =>
        forTenant(tenant).transactional(fn),
      ),

    beginRead: (tenant) => beginReading(forTenant(tenant, readSettings), traceStatement),

    beginReadAs: ({ sessionId }, read) =>
      beginReadingWith(orm.em.fork(), traceStatement, openingAs(sessionId, readSettings, read)),

    async call(name, ...parameters) {
      const placeholders = parameters.map((_, index) => `$${index + 1}`).join(', ');
      const client = await pool.connect();
      try {
        return (await client.query(`select * from ${name}(${placeholders})`, parameters)).rows;
      } finally {
        client.release();
      }
    },

    async copyInto(table, columns) {
      const client = await pool.connect();
      let isCommitted = false;
      // What was not committed goes with its connection.
      const release = () => client.release(!isCommitted);
      await client.query('begin').catch((error) => {
        release();
        throw error;
      });
      const copy = `copy ${table} (${columns.join(', ')}) from stdin`;
      const stream = client.query(copyFrom(copy));
      const copied = () =>
        new Promise<void>((resolve, reject) => {
          stream.once('finish', resolve).once('error', reject);
        });
      // Whoever writes to it is told.
      void traceStatement(copy, copied).catch(() => undefined);
      const commit = async () => {
        await client.query('commit');
        isCommitted = true;
      };
      return Object.assign(stream, { commit, release });
    },

    poolState: () => ({
      inUse: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),

    close: () => orm.close(true),
  };
}

/** Nothing that is read runs for long; what sums tens of thousands of groups does so in memory. */
const readSettings = { statement_timeout: '30s', work_mem: '32MB' };

function sessionVariables({ organizationId, clientIds }: Tenant): Record<string, string> {
  return {
    'app.organization': organizationId,
    'app.clients': clientIds === null ? '' : arrayLiteral(clientIds),
  };
}

/** A connection's role is one that row-level security does not bind. */
export class RoleError extends Error {}

/**
 * Refuse a role that row-level security does not bind.
 *
 * @param setting that the connection comes from.
 * @throws {RoleError} when it is a superuser, bypasses row-level security or owns the tables.
 */
export async function checkRole(database: Database, setting = 'DATABASE_URL'): Promise<void> {
  const [role] = await database.call<{ role: string; unbound: boolean }>('describe_role');
  if (role?.unbound) {
    throw new RoleError(
      `${setting} connects as "${role.role}", which row-level security does not bind. ` +
        'Connect as mediagraph_server (the server) or mediagraph_worker (a worker).',
    );
  }
}
