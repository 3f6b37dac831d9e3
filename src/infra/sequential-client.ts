import { Client, type ClientConfig, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import type { TraceStatement } from './trace-statements.ts';

/** What a pool makes its connections with. */
export interface SequentialClientConfig extends ClientConfig {
  traceStatement?: TraceStatement | undefined;
}

/**
 * A connection whose statements run one after the other, however many resolvers ask at once.
 *
 * A query operation shares one transaction, and so one connection, between its loaders; `pg` itself
 * deprecates handing a busy connection its next statement.
 *
 * One that is lost gives itself back to its pool, which drops it: kysely does so only after a rollback that
 * succeeded, and so, after a restart of the database, would have used up the pool.
 */
export class SequentialClient extends Client {
  private last: Promise<unknown> = Promise.resolve();
  private readonly trace: TraceStatement;

  constructor(config: SequentialClientConfig = {}) {
    super(config);
    this.trace = config.traceStatement ?? ((_, run) => run());
    this.on('end', () => {
      const pooled = this as unknown as PoolClient;
      try {
        pooled.release?.(new Error('The connection was lost'));
      } catch {
        // Nobody was using it.
      }
      pooled.release = () => undefined;
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: `pg` overloads `query` six ways; all are passed on.
  override query(...args: any[]): any {
    const [statement, values, callback] = args;
    const isPromiseStyle = typeof values !== 'function' && typeof callback !== 'function';
    if (!isPromiseStyle || typeof statement?.submit === 'function') {
      return Client.prototype.query.apply(this, args as never);
    }
    const run = () => super.query(statement as QueryConfig, values);
    const text = typeof statement === 'string' ? statement : statement.text;
    const result = this.last.then(() => this.trace(text, run));
    this.last = result.catch(() => undefined);
    return result as Promise<QueryResult>;
  }
}
