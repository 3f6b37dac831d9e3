import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A read-only transaction at one instant. */
export interface Reading {
  em: EntityManager;
  /** Stream what a query answers as CSV without a header. */
  copyOut(sql: string, parameters: readonly unknown[]): Readable;
  end(): Promise<void>;
  /** End it at once, whatever it is doing. */
  abandon(): void;
}
