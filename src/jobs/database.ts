import type { Writable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tenant } from '../domain/identity/viewer.ts';

/** What jobs need of the database. */
export interface JobDatabase {
  withTenant<T>(tenant: Tenant, fn: (em: EntityManager) => Promise<T>): Promise<T>;
  call<Row extends object>(name: string, ...parameters: unknown[]): Promise<Row[]>;
  copyInto(table: string, columns: string[]): Promise<Writable & { done: Promise<void> }>;
}
