import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client as PgClient } from 'pg';
import type { BackedUpTable, Manifest } from '../../src/infra/backup/manifest.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { runCli } from '../support/run-cli.ts';
import { operatorEnv, run } from '../support/run-program.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { createTestDatabase, runAs } from '../support/test-services.ts';

let agency: Agency;
const folder = join(tmpdir(), `mediagraph-backup-${randomUUID()}`);
const whole = join(folder, 'whole');
const cli = (...args: string[]) => runCli(agency, args);

beforeAll(async () => {
  agency = await createAgency();
  const feed = await addFeed(agency, await addClient(agency));
  const loader = await createLoader(agency);
  for (const day of ['2026-01-31', '2026-02-01']) {
    const rows = [
      surfsideRow({ creative: 'tab\\quote"new' }),
      surfsideRow({ creative: `second ${day}`, revenue: 0.125 }),
      surfsideRow({ creative: '' }),
    ];
    await agency.bucket.put(`report-${day}.csv`, surfsideFile(day, rows));
  }
  await loader.load(feed, { from: '2026-01-31', to: '2026-02-01' });
  await loader.close();
  await mkdir(folder);
  const backup = await run('src/cli.js', ['backup', whole], operatorEnv(agency));
  expect(backup).toMatchObject({ status: 0 });
  expect(backup.stdout).toMatch(/^2026-01\t2\t2000\t20\t2\t25.625\t30$/m);
  expect(backup.stdout).toContain('2 of those that the database knows were read, 0 missing');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await agency.close();
});

/** Names of the databases that a check left behind. */
async function scratchDatabases(): Promise<string[]> {
  const client = new PgClient({ connectionString: agency.urls.superuserUrl });
  await client.connect();
  const { rows } = await client.query(
    `select datname from pg_database where datname like 'mediagraph_check_%'`,
  );
  await client.end();
  return rows.map(({ datname }) => datname);
}

test('a backup is restored and compared, and the scratch database is dropped again', async () => {
  const { status, output } = await cli('restore-check', whole);
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toContain('the sums of 2 months are what the manifest says');
  expect(output).toContain('The backup can be restored.');
  expect(await scratchDatabases()).toEqual([]);
});

test('a restored database is one to work with: the same answers, under the same policies', async () => {
  const { ownerUrl, workerUrl } = await createTestDatabase();
  const name = `restored_${randomUUID().replaceAll('-', '')}`;
  await runAs(ownerUrl, `create database ${name}`);
  const into = ownerUrl.replace(/[^/]+$/, name);
  expect(await cli('restore', whole, '--into', into)).toMatchObject({ status: 0 });
  const client = new PgClient({ connectionString: workerUrl.replace(/[^/]+$/, name) });
  await client.connect();
  const facts = `select sum(impressions)::text as impressions from daily_metrics`;
  expect((await client.query(facts)).rows).toEqual([{ impressions: null }]);
  await client.query(`select set_config('app.organization', $1, false)`, [
    agency.tenant.organizationId,
  ]);
  expect((await client.query(facts)).rows).toEqual([{ impressions: '4000' }]);
  const names = await client.query('select name from creatives order by name limit 1 offset 2');
  expect(names.rows).toEqual([{ name: 'tab\\quote"new' }]);
  await client.end();

  const again = await cli('restore', whole, '--into', into);
  expect(again).toMatchObject({ status: 1 });
  expect(again.output).toContain('The database is not empty');
});

/** A copy of the backup with something done to it. */
async function damaged(name: string, damage: (copy: string) => Promise<unknown>): Promise<string> {
  const copy = join(folder, name);
  await cp(whole, copy, { recursive: true });
  await damage(copy);
  return copy;
}

const facts = join('tables', 'daily_metrics.copy.gz');
const editManifest = (edit: (text: string) => string) => async (copy: string) => {
  const path = join(copy, 'manifest.json');
  await writeFile(path, edit(await readFile(path, 'utf8')));
};

test.each<[string, (copy: string) => Promise<unknown>, string]>([
  ['a file cut short', (copy) => truncate(join(copy, facts), 50), 'has 50 bytes instead of'],
  [
    'a file with other bytes',
    async (copy) => {
      const content = await readFile(join(copy, facts));
      content[content.length - 20] = 1 + (content[content.length - 20] ?? 0);
      await writeFile(join(copy, facts), content);
    },
    'is not what was written',
  ],
  ['a file gone', (copy) => rm(join(copy, facts)), 'daily_metrics.copy.gz is missing'],
  ['no manifest', (copy) => rm(join(copy, 'manifest.json')), 'holds no whole backup'],
  ['half a manifest', editManifest((text) => text.slice(0, 200)), 'cannot be read'],
  [
    'other sums',
    editManifest((text) => text.replace('"impressions": "2000"', '"impressions": "2001"')),
    '2026-01: its metrics add up to something else',
  ],
  [
    'a newer version',
    editManifest((text) => text.replace(/"newestMigration": ".*?"/, '"newestMigration": "9999-x"')),
    'The backup is of a newer version',
  ],
])('with %s the check fails, says why, and leaves no database', async (name, damage, reason) => {
  const { status, output } = await cli('restore-check', await damaged(name, damage));
  expect(status).toBe(1);
  expect(output).toContain(reason);
  expect(await scratchDatabases()).toEqual([]);
});

/** A manifest as someone who may write to the folder could make it. */
const tamper = (change: (manifest: Manifest, tables: Map<string, BackedUpTable>) => void) =>
  editManifest((text) => {
    const manifest: Manifest = JSON.parse(text);
    change(manifest, new Map(manifest.tables.map((table) => [table.name, table])));
    return JSON.stringify(manifest);
  });

/** Another file of a table, with a manifest that agrees. */
const replaceFacts = (content: Buffer) => async (copy: string) => {
  await writeFile(join(copy, facts), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const replaced = { bytes: content.length, sha256 };
  await tamper((_, tables) => Object.assign(tables.get('daily_metrics') ?? {}, replaced))(copy);
};

const injected = 'from stdin; commit; drop table clients; --';

test.each<[string, (copy: string) => Promise<unknown>, string]>([
  [
    'SQL for a column',
    tamper((_, tables) => tables.get('clients')?.columns.push(`id") ${injected}`)),
    'no name of a table or column',
  ],
  [
    'SQL for a table',
    tamper(({ tables }) => Object.assign(tables[0] ?? {}, { name: `clients" (id) ${injected}` })),
    '(tables.0.name: no name of a table or column)',
  ],
  [
    'a path out of the folder',
    tamper(({ tables }) => Object.assign(tables[0] ?? {}, { file: '../../../../etc/passwd' })),
    '(tables.0.file: not the file of its table)',
  ],
  [
    'a link for a file',
    async (copy) => {
      await rm(join(copy, facts));
      await symlink(join(whole, facts), join(copy, facts));
    },
    'daily_metrics.copy.gz is no plain file',
  ],
  [
    'a wrong hash',
    tamper(({ tables }) => Object.assign(tables[0] ?? {}, { sha256: '0'.repeat(64) })),
    'is not what was written',
  ],
  [
    'tables left out',
    tamper((manifest, tables) => {
      for (const name of ['users', 'audit_log']) tables.delete(name);
      manifest.tables = [...tables.values()];
    }),
    'missing tables: audit_log, users.',
  ],
  [
    'a table of its own',
    async (copy) => {
      await cp(join(copy, facts), join(copy, 'tables', 'migrations.copy.gz'));
      await tamper(({ tables }, named) => {
        const table = named.get('daily_metrics');
        const other = { name: 'migrations', file: 'tables/migrations.copy.gz' };
        if (table) tables.push({ ...table, ...other });
      })(copy);
    },
    'unknown tables: migrations.',
  ],
  [
    'a table there twice',
    tamper(({ tables }) => tables.push(...tables.slice(0, 1))),
    'repeated tables: ',
  ],
  [
    'other columns',
    tamper((_, tables) => {
      const columns = tables.get('clients')?.columns ?? [];
      columns[columns.indexOf('name')] = 'title';
    }),
    'missing columns: clients.name; unknown columns: clients.title.',
  ],
  [
    'a version before all backups',
    tamper((manifest) => Object.assign(manifest, { newestMigration: '0001-identity' })),
    'No backup is of 0001-identity',
  ],
  [
    'a small file that unpacks to a big one',
    replaceFacts(gzipSync(Buffer.alloc(32 * 2 ** 20, 'a'))),
    'its file unpacks to more than',
  ],
  [
    'control characters in a row',
    replaceFacts(gzipSync('\u001b[2Jx\\nx\n')),
    'The table daily_metrics cannot be restored',
  ],
])('a manifest with %s is refused in one line', async (name, change, reason) => {
  const { status, output, stdout } = await cli('restore-check', await damaged(name, change));
  expect(status).toBe(1);
  expect(output).toContain(reason);
  expect(output.slice(stdout.length)).toMatch(/^( {2}\w+: [\d,]+ rows\n)*mediagraph: \P{Cc}+\n$/u);
  expect(await scratchDatabases()).toEqual([]);
});

test('a folder that holds something is not written over', async () => {
  const { status, output } = await cli('backup', whole);
  expect(status).toBe(1);
  expect(output).toContain('is not empty');
});

test('an archived file that is missing is named', async () => {
  const sha256 = 'f'.repeat(64);
  await runAs(
    agency.urls.superuserUrl,
    `insert into source_objects (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified, sha256)
     select organization_id, client_id, id, 'gone.csv', 'x', 1, now(), '${sha256}' from feeds`,
  );
  const { status, output } = await cli('backup', join(folder, 'incomplete'), '--sample', '100');
  expect(status).toBe(1);
  expect(output).toContain(`Missing or damaged in S3: ${sha256}.`);
});
