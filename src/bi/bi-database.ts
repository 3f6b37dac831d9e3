import type { Tenant } from '../domain/identity/viewer.ts';
import type { Reading } from '../domain/reading.ts';

/** What the doors need of the database. */
export interface BiDatabase {
  /** @param mayLag whether an answer that is some moments old will do. */
  beginRead(tenant: Tenant, mayLag: boolean): Promise<Reading>;
}
