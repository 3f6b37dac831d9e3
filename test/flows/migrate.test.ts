import { Client } from 'pg';
import { migrations } from '../../migrations/index.ts';
import { createProbeDatabase } from '../../src/infra/probe-database.ts';
import { missingMigrations } from '../../src/infra/schema-version.ts';
import { run as runProgram } from '../support/run-program.ts';
import { createEmptyDatabase, createTestDatabase, testServices } from '../support/test-services.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client.query(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  );
}

async function missingIn(url: string): Promise<string[]> {
  const probe = createProbeDatabase(url, silent);
  return missingMigrations(probe).finally(() => probe.close());
}

/** Run a program of the project to its end. */
function run(script: string, args: string[], env: Record<string, string>) {
  const services = { S3_BUCKET: 'mediagraph', S3_ENDPOINT: testServices.s3.endpoint };
  return runProgram(script, args, { ...testServices.secrets, ...services, ...env });
}

test('processes that migrate a new database at once apply each migration once', async () => {
  const { ownerUrl, serverUrl } = await createEmptyDatabase();
  const migrate = () => run('src/cli.js', ['migrate'], { DATABASE_OWNER_URL: ownerUrl });
  const outputs = (await Promise.all([migrate(), migrate(), migrate()])).map((each) => each.stdout);
  expect(outputs.filter((output) => output.startsWith('Applied: '))).toHaveLength(1);
  expect(outputs.filter((output) => output === 'Nothing to apply.\n')).toHaveLength(2);
  const applied = await query<{ name: string }>(
    ownerUrl,
    'select name from migrations order by id',
  );
  expect(applied).toHaveLength(migrations.length);
  expect(new Set(applied.map(({ name }) => name)).size).toBe(migrations.length);
  expect(await missingIn(serverUrl)).toEqual([]);
});

test('a worker does not migrate: it ends, and says what to do', async () => {
  const { ownerUrl, workerUrl } = await createEmptyDatabase();
  const { status, output } = await run('src/worker.js', [], { DATABASE_URL: workerUrl });
  expect(status).toBe(1);
  expect(output).toContain('Run `npm run cli -- migrate`, or start the server first');
  expect(await query(ownerUrl, `select from pg_tables where schemaname = 'public'`)).toEqual([]);
});

test('an older database is not at this version; a newer one is', async () => {
  const { ownerUrl, serverUrl } = await createTestDatabase();
  await query(ownerUrl, `insert into migrations (name) values ('9999-later')`);
  expect(await missingIn(serverUrl)).toEqual([]);
  await query(ownerUrl, `delete from migrations where name = '0004-ingestion'`);
  expect(await missingIn(serverUrl)).toEqual(['0004-ingestion']);
});
