import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate, migrateTables } from '../migrate.ts';
import { migrationNames } from '../schema-version.ts';
import { checkTables } from './check-tables.ts';
import { limitUnpacked } from './limit-unpacked.ts';
import { listTables, quoted } from './list-tables.ts';
import { type BackedUpTable, checkFiles, dataFile, type Manifest } from './manifest.ts';
import { openClient } from './open-client.ts';
import { sumMonths } from './sum-months.ts';

/** Before it nothing could be backed up: an older one would let a manifest leave out the tables that came since. */
const oldestMigration = '0007-operator';

/**
 * Restore a backup into an empty database, bring it up to this version, and compare what it adds up to.
 *
 * Foreign keys are made again at the end, and so hold for every row.
 *
 * @throws {Error} when the database is not empty, a file is damaged, the backup is of a newer version, the
 *   manifest's tables are not those of its version, or a table or month is not what it was.
 */
export async function restoreBackup(
  ownerUrl: string,
  folder: string,
  manifest: Manifest,
  onTable: (table: BackedUpTable) => void,
): Promise<void> {
  if (!migrationNames.includes(manifest.newestMigration)) {
    throw new Error(
      `The backup is of a newer version (${manifest.version}, ${manifest.newestMigration}): restore it with that.`,
    );
  }
  if (manifest.newestMigration < oldestMigration) {
    throw new Error(`No backup is of ${manifest.newestMigration}: the manifest is damaged.`);
  }
  await checkFiles(folder, manifest);
  const client = await openClient(ownerUrl);
  try {
    const { rowCount } = await client.query(
      `select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') limit 1`,
    );
    if (rowCount !== 0) throw new Error('The database is not empty: it has tables.');
    await migrateTables(ownerUrl, manifest.newestMigration);
    checkTables(manifest, await listTables(client));
    await client.query('begin');
    for (const { month } of manifest.months) {
      await client.query('select ensure_metrics_partition($1)', [`${month}-01`]);
    }
    const bindOwner = await unbindOwner(client);
    const makeForeignKeys = await dropForeignKeys(client);
    for (const table of manifest.tables) {
      await fillTable(client, folder, table);
      onTable(table);
    }
    for (const statement of [...makeForeignKeys, ...bindOwner]) await client.query(statement);
    await advanceSequences(client);
    await client.query('commit');
    await client.query('analyze');
    await migrate(ownerUrl);
    await compare(client, manifest);
  } finally {
    await client.end();
  }
}

/**
 * Let the owner at the rows: COPY refuses a table whose policies bind it, and a foreign key would be checked
 * against no rows.
 *
 * @returns the statements that bind it again.
 */
async function unbindOwner(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relforcerowsecurity`,
  );
  for (const { name } of rows) {
    await client.query(`alter table ${name} no force row level security`);
  }
  return rows.map(({ name }) => `alter table ${name} force row level security`);
}

/** @returns the statements that make them again. */
async function dropForeignKeys(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname,
         pg_get_constraintdef(oid)) as make
     from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}

async function fillTable(client: Client, folder: string, { name, columns, bytes }: BackedUpTable) {
  const rows = client.query(
    copyFrom(`copy ${escapeIdentifier(name)} (${quoted(columns)}) from stdin`),
  );
  await pipeline(
    createReadStream(join(folder, dataFile(name))),
    createGunzip(),
    limitUnpacked(bytes),
    rows,
  ).catch((error) => {
    // PostgreSQL quotes the row that it refuses: no control character of it reaches a terminal.
    const reason = error.message.replaceAll(/\p{Cc}+/gu, ' ');
    throw new Error(`The table ${name} cannot be restored: ${reason}`, { cause: error });
  });
}

/** Numbers that were given are not given again. */
async function advanceSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('select setval(%L, coalesce((select max(%I) from %I), 0) + 1, false)',
       pg_get_serial_sequence(c.relname, a.attname), a.attname, c.relname) as statement
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  );
  for (const { statement } of rows) await client.query(statement);
}

/** @throws {Error} naming every table and month that is not what it was. */
async function compare(client: Client, manifest: Manifest): Promise<void> {
  await client.query('begin read only');
  await client.query('set local role mediagraph_operator');
  const wrong: string[] = [];
  for (const { name, rows } of manifest.tables) {
    const counted = await client.query(
      `select count(*)::int as rows from ${escapeIdentifier(name)}`,
    );
    const found = counted.rows[0].rows;
    if (found !== rows) wrong.push(`${name}: ${found} rows instead of ${rows}`);
  }
  const months = new Map((await sumMonths(client)).map((month) => [month.month, month]));
  for (const month of manifest.months) {
    if (JSON.stringify(months.get(month.month)) !== JSON.stringify(month)) {
      wrong.push(`${month.month}: its metrics add up to something else`);
    }
  }
  await client.query('rollback');
  if (wrong.length > 0) throw new Error(`The restored database differs: ${wrong.join('; ')}.`);
}
