import type { Writable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tenant } from '../domain/identity/viewer.ts';
import type { Reading } from '../domain/reading.ts';

/** Takes rows in COPY's text format, in a transaction of its own. */
export interface CopyStream extends Writable {
  /** Keep what was written, once it has been taken in. */
  commit(): Promise<void>;
  /** Give the connection back; what was not committed is undone. */
  release(): void;
}

/** What jobs need of the database. */
export interface JobDatabase {
  withTenant<T>(tenant: Tenant, fn: (em: EntityManager) => Promise<T>): Promise<T>;
  beginRead(tenant: Tenant): Promise<Reading>;
  call<Row extends object>(name: string, ...parameters: unknown[]): Promise<Row[]>;
  copyInto(table: string, columns: string[]): Promise<CopyStream>;
}
