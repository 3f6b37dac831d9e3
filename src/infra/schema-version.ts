import { migrations } from '../../migrations/index.ts';
import type { ProbeDatabase } from './probe-database.ts';

/** The migrations of this version, in order. */
export const migrationNames: readonly string[] = migrations.map(
  (Each) => new Each(undefined as never, undefined as never).name,
);

/** PostgreSQL's `undefined_function`. */
const undefinedFunction = '42883';

/**
 * The migrations of this version that a database lacks. One that has others besides is newer, and fit: during an
 * upgrade the older processes go on.
 */
export async function missingMigrations(database: Pick<ProbeDatabase, 'call'>): Promise<string[]> {
  const applied = await database
    .call<{ name: string }>('applied_migrations')
    .catch((error: { code?: string }) => {
      if (error.code === undefinedFunction) return [];
      throw error;
    });
  const names = new Set(applied.map(({ name }) => name));
  return migrationNames.filter((name) => !names.has(name));
}

/** @throws {Error} naming the cure, when the database is older than this version. */
export async function requireMigrated(database: Pick<ProbeDatabase, 'call'>): Promise<void> {
  const missing = await missingMigrations(database);
  if (missing.length === 0) return;
  throw new Error(
    `The database is not at this version (${missing.join(', ')} not applied). Run ` +
      '`npm run cli -- migrate`, or start the server first: it migrates an embedded database.',
  );
}
