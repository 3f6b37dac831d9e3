import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { migrations } from '../../migrations/index.ts';
import { ormOptions } from './database.ts';

const queueSchema = 'bullmq';

/**
 * Bring a database up to this version, its queue included.
 *
 * Processes that start together take turns, and the later ones find nothing to do.
 *
 * @param ownerUrl a role that owns the database and may create roles.
 * @returns the names of the migrations that were applied.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: ownerUrl });
  await lock.connect();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('mediagraph.migrate'))`);
    const applied = await migrateTables(ownerUrl);
    await lock.query('select open_to_operator()');
    await runMigrations(lock, queueSchema);
    await lock.query(`
      grant usage on schema ${queueSchema} to mediagraph_server, mediagraph_worker;
      grant all on all tables in schema ${queueSchema} to mediagraph_server, mediagraph_worker;
      grant all on all sequences in schema ${queueSchema} to mediagraph_server, mediagraph_worker;
      grant execute on all functions in schema ${queueSchema} to mediagraph_server, mediagraph_worker;
    `);
    return applied;
  } finally {
    await lock.end();
  }
}

/**
 * Make the tables of an empty database as some version had them.
 *
 * @param last name of the last migration to apply; all of them where left out.
 */
export async function migrateTables(ownerUrl: string, last?: string): Promise<string[]> {
  const orm = await MikroORM.init({
    ...ormOptions(ownerUrl, 2),
    extensions: [Migrator],
    logger: () => undefined,
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'migrations' },
  });
  try {
    const applied = await orm.migrator.up(last === undefined ? {} : { to: last });
    return applied.map((migration) => migration.name);
  } finally {
    await orm.close(true);
  }
}
