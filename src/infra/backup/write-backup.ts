import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Client, escapeIdentifier } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { version } from '../version.ts';
import { type CatalogTable, listTables, quoted } from './list-tables.ts';
import { type BackedUpTable, dataFile, type Manifest, manifestFile } from './manifest.ts';
import { openClient } from './open-client.ts';
import { sumMonths } from './sum-months.ts';

/**
 * Write every row of every organization into a folder, as it is at one instant, and what it adds up to.
 *
 * Needs no program beside this one. Queue deliveries, scratch and counters are left out: nothing is lost with
 * them. Files can be read by their owner alone; emails in them are encrypted as in the database.
 *
 * @param folder empty, or not there yet.
 * @param archive what our own bucket holds, for the manifest.
 * @throws {Error} when the folder holds something, or a table is not open to the operator.
 */
export async function writeBackup(
  ownerUrl: string,
  folder: string,
  archive: Manifest['archive'],
  onTable: (table: BackedUpTable) => void,
): Promise<Manifest> {
  await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 });
  const left = await readdir(folder);
  const leftTables = await readdir(join(folder, 'tables'));
  if (left.length > 1 || leftTables.length > 0) throw new Error(`${folder} is not empty.`);

  const client = await openClient(ownerUrl);
  try {
    await client.query('begin isolation level repeatable read, read only');
    const newestMigration = await findNewestMigration(client);
    await client.query('set local role mediagraph_operator');
    const tables: BackedUpTable[] = [];
    for (const { name, columns } of await listOpenTables(client)) {
      const table = { name, columns, ...(await writeTable(client, folder, name, columns)) };
      tables.push(table);
      onTable(table);
    }
    const { rows } = await client.query<{ now: Date; postgres: string }>(
      `select now(), current_setting('server_version') as postgres`,
    );
    const manifest: Manifest = {
      format: 1,
      version,
      takenAt: rows[0]?.now.toISOString() ?? '',
      postgresVersion: rows[0]?.postgres ?? '',
      newestMigration,
      tables,
      months: await sumMonths(client),
      archive,
    };
    await writeFile(join(folder, manifestFile), JSON.stringify(manifest, null, 2), { mode: 0o600 });
    return manifest;
  } finally {
    await client.end();
  }
}

async function findNewestMigration(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'select name from migrations order by name desc limit 1',
  );
  if (!rows[0]) throw new Error('The database has no tables yet.');
  return rows[0].name;
}

/** @throws {Error} naming the tables that the operator does not see whole. */
async function listOpenTables(client: Client): Promise<CatalogTable[]> {
  const tables = await listTables(client);
  const closed = tables.filter(({ isOpen }) => !isOpen).map(({ name }) => name);
  if (closed.length > 0) {
    throw new Error(`Not open to the operator: ${closed.join(', ')}. Run \`migrate\` first.`);
  }
  return tables;
}

async function writeTable(client: Client, folder: string, name: string, columns: string[]) {
  const file = dataFile(name);
  // As a query, since COPY does not read the partitions of a table by itself.
  const rows = client.query(
    copyTo(`copy (select ${quoted(columns)} from ${escapeIdentifier(name)}) to stdout`),
  );
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const target = createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx' });
  await pipeline(rows, createGzip({ level: 6 }), meter, target);
  return { rows: rows.rowCount, file, bytes, sha256: hash.digest('hex') };
}
