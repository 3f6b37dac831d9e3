import { Client } from 'pg';
import { createBiRole } from '../../src/infra/bi-roles.ts';
import { createOperatorDatabase } from '../../src/infra/operator-database.ts';
import type { TestDatabase } from './test-services.ts';

/** A connection of a new BI role, which reads one organization. */
export interface BiConnection {
  url: string;
  /** @returns the rows of one statement. */
  ask<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** @param settings that the role sets for itself: it may set any. */
export async function connectBiRole(
  { ownerUrl }: Pick<TestDatabase, 'ownerUrl'>,
  organizationId: string,
  settings: Record<string, string> = {},
): Promise<BiConnection> {
  const operator = await createOperatorDatabase(ownerUrl);
  const { name, password } = await operator
    .changeAsOwner((em) => createBiRole(em, organizationId))
    .finally(() => operator.close());
  const { href } = Object.assign(new URL(ownerUrl), { username: name, password });
  const client = new Client({ connectionString: href });
  await client.connect();
  for (const [setting, value] of Object.entries(settings)) {
    await client.query('select set_config($1, $2, false)', [setting, value]);
  }
  return {
    url: href,
    ask: (sql, values) => client.query(sql, values).then(({ rows }) => rows),
    close: () => client.end(),
  };
}
