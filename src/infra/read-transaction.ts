import { finished, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { to as copyTo } from 'pg-copy-streams';
import { connectionOf, type PipelinedClient } from './pipelined-client.ts';
import type { TraceStatement } from './trace-statements.ts';

/** A read-only transaction at one instant, left open between the reads that belong together. */
export interface ReadTransaction {
  em: EntityManager;
  /**
   * Stream what a query answers as CSV without a header, written by PostgreSQL itself. Nothing else is asked
   * until it ends; one that is not read to its end has to be abandoned.
   */
  copyOut(sql: string, parameters: readonly unknown[]): Readable;
  end(): Promise<void>;
  /** End it at once, whatever it is doing: its connection is closed. */
  abandon(): void;
}

/**
 * Begin a repeatable-read, read-only transaction.
 *
 * @param em one that no transaction was begun with, its tenant set.
 */
export async function beginReading(
  em: EntityManager,
  traceStatement: TraceStatement,
): Promise<ReadTransaction> {
  return readingOn(await begin(em), em, traceStatement);
}

/** A statement that sets a transaction's tenant, and tells who that is. */
export interface Opening<Row, T> {
  sql: string;
  parameters: unknown[];
  /** @throws what everything that is asked in the transaction fails with. */
  read(row: Row | undefined): T;
}

/** The same, its tenant set by a statement of its own, which is not waited for. */
export async function beginReadingWith<Row, T>(
  em: EntityManager,
  traceStatement: TraceStatement,
  { sql, parameters, read }: Opening<Row, T>,
): Promise<ReadTransaction & { opened: Promise<T> }> {
  const connection = await begin(em);
  const opened = connection.openWith(sql, parameters, read);
  return { ...readingOn(connection, em, traceStatement), opened };
}

function begin(em: EntityManager): Promise<PipelinedClient> {
  return connectionOf(() => em.begin({ readOnly: true, isolationLevel: 'repeatable read' }));
}

function readingOn(
  connection: PipelinedClient,
  em: EntityManager,
  traceStatement: TraceStatement,
): ReadTransaction {
  return {
    em,
    copyOut(sql, parameters) {
      // COPY takes no parameters.
      const query = em.getPlatform().formatQuery(sql, parameters);
      const copy = `copy (${query}) to stdout with (format csv)`;
      const rows = connection.query(copyTo(copy));
      // Whoever reads it is told.
      void traceStatement(copy, () => promisify(finished)(rows)).catch(() => undefined);
      return rows;
    },
    end: () => em.rollback(),
    abandon: () => connection.abandon(),
  };
}
