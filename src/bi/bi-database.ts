import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tenant } from '../domain/identity/viewer.ts';

/** A read-only transaction at one instant. */
export interface Reading {
  em: EntityManager;
  /** Stream what a query answers as CSV without a header. */
  copyOut(sql: string, parameters: readonly unknown[]): Readable;
  end(): Promise<void>;
  /** End it at once, whatever it is doing. */
  abandon(): void;
}

/** What the doors need of the database. */
export interface BiDatabase {
  /** @param mayLag whether an answer that is some moments old will do. */
  beginRead(tenant: Tenant, mayLag: boolean): Promise<Reading>;
}
