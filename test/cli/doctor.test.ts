import { addClient, addFeed } from '../support/agency.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { startMailServer } from '../support/mail-server.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { runCli } from '../support/run-cli.ts';
import { operatorEnv, run } from '../support/run-program.ts';
import { runAs, testServices } from '../support/test-services.ts';

interface Check {
  what: string;
  status: 'OK' | 'WARN' | 'FAIL';
  finding: string;
  cure?: string;
}

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
  await installation.startWorker();
});
afterAll(() => installation.close());

async function examine(settings: Record<string, string> = {}) {
  const { status, stdout } = await runCli(installation.agency, ['doctor', '--json'], settings);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  const of = (what: string) => checks.find((check) => check.what === what);
  return { status, checks, of };
}

test('an installation that works is found well, with nothing secret in the answer', async () => {
  const { status, checks, of } = await examine();
  expect(checks.filter((check) => check.status === 'FAIL')).toEqual([]);
  expect(status).toBe(0);
  for (const what of ['DATABASE_URL', 'role of DATABASE_URL', 'migrations', 'object storage']) {
    expect(of(what)).toMatchObject({ what, status: 'OK' });
  }
  expect(of('encryption key k1')).toMatchObject({ finding: 'decrypts what is stored' });
  expect(of('workers')).toMatchObject({ status: 'OK', finding: '1 alive' });
  const { secrets, ownerUrl } = testServices;
  const { output } = await run('src/cli.js', ['doctor'], operatorEnv(installation.agency));
  for (const secret of [...Object.values(secrets), new URL(ownerUrl).password]) {
    expect(output).not.toContain(secret);
  }
});

test('a mail server is asked to let us in, and its password is not told', async () => {
  const server = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'let-me-in' ? done(null, { user: username }) : done(new Error('no')),
  });
  const as = (password: string) => server.url.replace('//', `//mailer:${password}@`);
  expect((await examine({ SMTP_URL: as('let-me-in') })).of('SMTP_URL')?.status).toBe('OK');
  const { checks, of } = await examine({ SMTP_URL: as('hidden') });
  expect(of('SMTP_URL')).toMatchObject({ status: 'FAIL' });
  expect(JSON.stringify(checks)).not.toContain('hidden');
  expect((await examine()).of('SMTP_URL')?.finding).toBe('not set: mails are files');
  await server.close();
});

test('everything that is wrong is found at once, each with its cure', async () => {
  const { agency } = installation;
  const { status, of, checks } = await examine({
    PORT: 'eighty',
    JOB_LEASE_MS: '1000',
    DATABASE_URL: 'postgresql://nobody:hidden@127.0.0.1:9/none',
    DATABASE_REPLICA_URL: agency.urls.ownerUrl,
    REDIS_URL: 'redis://127.0.0.1:9',
    S3_BUCKET: 'not-there',
  });
  expect(status).toBe(1);
  const failed = checks.filter((check) => check.status === 'FAIL').map(({ what }) => what);
  for (const what of ['PORT', 'JOB_HEARTBEAT_MS', 'DATABASE_URL', 'REDIS_URL', 'object storage']) {
    expect(failed).toContain(what);
  }
  expect(of('role of DATABASE_REPLICA_URL')?.finding).toContain('mediagraph_owner');
  expect(checks.filter((check) => check.status !== 'OK').every(({ cure }) => cure)).toBe(true);
  expect(JSON.stringify(checks)).not.toContain('hidden');
});

test('keys that do not decrypt what is stored are named', async () => {
  const other = Buffer.alloc(32, 9).toString('base64');
  const missing = await examine({ ENCRYPTION_KEYS: `k2:${other}` });
  expect(missing.status).toBe(1);
  expect(missing.of('encryption key k1')).toMatchObject({
    status: 'FAIL',
    cure: 'put the key k1 back into ENCRYPTION_KEYS, as it was',
  });
  const otherIndex = await examine({ BLIND_INDEX_KEY: 'b'.repeat(32) });
  expect(otherIndex.of('encryption key k1')?.cure).toContain('BLIND_INDEX_KEY');
});

test('what wants attention is said without failing', async () => {
  const { agency } = installation;
  const feed = await addFeed(agency, await addClient(agency, 'Behind'));
  const { superuserUrl, ownerUrl } = agency.urls;
  await runAs(superuserUrl, `update feeds set created_at = now() - interval '9 days'`);
  await runAs(ownerUrl, `select pause_queue('ingestion', 'a look', false)`);
  // Seen last in the future: a worker that is silent would soon be marked lost.
  await runAs(
    superuserUrl,
    `insert into operations.workers (name, host, pid, version, queues, concurrency, last_beat_at)
     values ('older', 'elsewhere', 1, '0.0.1', '{ingestion}', 1, now() + interval '1 hour');
     insert into job_runs (organization_id, name, queue, payload, max_attempts, status, finished_at)
     select id, 'ingest-feed', 'ingestion', '{}', 1, 'FAILED', now() from organizations`,
  );
  const { status, of } = await examine({ JOB_LEASE_MS: '600000' });
  await runAs(ownerUrl, `select resume_queue('ingestion')`);
  expect(status).toBe(0);
  expect(of('versions of workers')).toMatchObject({ status: 'WARN' });
  expect(of('dead letters')?.finding).toContain('1 jobs failed');
  expect(of('paused queues')?.finding).toBe('ingestion of all (a look)');
  expect(of('feeds')?.finding).toContain(feed.id);
});

test('a database that was never migrated is told how to be', async () => {
  const { agency } = installation;
  const empty = agency.urls.ownerUrl.replace(/\/[^/]+$/, '/postgres');
  const { status, of } = await examine({ DATABASE_OWNER_URL: empty });
  expect(status).toBe(1);
  expect(of('migrations')).toMatchObject({ status: 'FAIL', cure: 'run `migrate`' });
});

(hasRedis ? test : test.skip)('a Redis that may lose jobs is found out', async () => {
  const redis = await startRedis('--maxmemory-policy', 'allkeys-lru');
  const { status, of } = await examine({ REDIS_URL: redis.url });
  await redis.stop();
  expect(status).toBe(1);
  expect(of('Redis eviction')).toMatchObject({ status: 'FAIL', finding: 'allkeys-lru' });
  expect(of('Redis persistence')).toMatchObject({ status: 'WARN' });
});

test('without the owner it says what it could not look at', async () => {
  const { stdout } = await runCli(installation.agency, ['doctor'], { DATABASE_OWNER_URL: '' });
  expect(stdout).toMatch(/^WARN\tDATABASE_OWNER_URL\tnot set/m);
});
