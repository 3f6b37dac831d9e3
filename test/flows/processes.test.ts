import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRedis, startRedis } from '../support/redis.ts';
import { run } from '../support/run-program.ts';
import { createTestDatabase, testServices } from '../support/test-services.ts';

const services = {
  ...testServices.secrets,
  S3_BUCKET: 'mediagraph',
  S3_ENDPOINT: testServices.s3.endpoint,
};

test('a configuration that is missing or malformed is said whole, and the process ends with 1', async () => {
  const { status, output } = await run('src/server.js', [], {
    NODE_ENV: 'production',
    PORT: 'eighty',
    DATABASE_URL: 'mysql://localhost',
    ENCRYPTION_KEYS: 'short',
  });
  expect(status).toBe(1);
  for (const name of ['PORT', 'DATABASE_URL', 'ENCRYPTION_KEYS']) expect(output).toContain(name);
});

test('production does not start on embedded services', async () => {
  const { status, output } = await run('src/worker.js', [], { NODE_ENV: 'production' });
  expect(status).toBe(1);
  for (const name of ['DATABASE_URL', 'S3_BUCKET', 'JWT_SECRET', 'BLIND_INDEX_KEY', 'SMTP_URL']) {
    expect(output).toContain(`${name}: required in production`);
  }
});

test('a queue that does not exist is refused by name', async () => {
  const { status, output } = await run('src/worker.js', ['--queues', 'ingestion,naps'], services);
  expect(status).toBe(1);
  expect(output).toContain('There is no queue named naps; there are: ingestion, ');
});

test('a port that is taken is said with its setting', async () => {
  const { serverUrl } = await createTestDatabase();
  const other = createServer();
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
  const port = String((other.address() as { port: number }).port);
  const env = { ...services, DATABASE_URL: serverUrl, PORT: port };
  const { status, output } = await run('src/server.js', [], env);
  expect(status).toBe(1);
  expect(output).toContain(`Port ${port} is taken. Set PORT`);
  other.close();
});

(hasRedis ? test : test.skip)(
  'a Redis that refuses is said, and its password nowhere',
  async () => {
    const { workerUrl } = await createTestDatabase();
    const redis = await startRedis('--requirepass', 'the right one');
    const env = {
      ...services,
      DATABASE_URL: workerUrl,
      REDIS_URL: redis.url.replace('//', '//:wr0ng-s3cret@'),
      LOG_LEVEL: 'trace',
    };
    const { status, output } = await run('src/worker.js', [], env);
    expect(status).toBe(1);
    expect(output).toMatch(/REDIS_URL: cannot use redis at 127\.0\.0\.1:\d+: .*WRONGPASS/);
    expect(output).not.toContain('wr0ng-s3cret');
    await redis.stop();
  },
);

test('a database that does not answer is said, and the process ends with 1', async () => {
  const env = { ...services, DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:9/none' };
  const { status, output } = await run('src/server.js', [], env);
  expect(status).toBe(1);
  expect(output).toContain('ECONNREFUSED');
});

describe('the demo', () => {
  const folder = join(tmpdir(), `mediagraph-demo-${randomUUID()}`);
  const env = { DATA_DIR: folder, PORT: '0' };
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));

  test('loads everything and ends with 0; a second time changes nothing', async () => {
    const first = await run('demo/main.js', ['--exit'], env);
    expect(first).toMatchObject({ status: 0 });
    expect(first.output).toContain('Rows: 170,000 read, 28 rejected');
    expect(first.output).toMatch(/Gap: .* MISSING/);
    expect(first.output).toMatch(/_aeo-audit_\S+\.pdf \(\d+ KB\)/);
    expect(first.output).toMatch(/IDE +http:\/\/127\.0\.0\.1:\d+\/ide\//);

    const second = await run('demo/main.js', ['--exit'], env);
    expect(second).toMatchObject({ status: 0 });
    const table = (output: string) => output.slice(output.indexOf('Northwind Outdoor, '));
    // Ports differ, an audit that is over has no course to show, and what the next would cost is known better by then.
    const lasting = (output: string) =>
      table(output)
        .replaceAll(/127.0.0.1:\d+/g, '')
        .replaceAll(/about \S+ USD/g, '')
        .replaceAll(/^ +Northwind in AI answers .*\n/gm, '');
    expect(lasting(second.output)).toBe(lasting(first.output));
  }, 180_000);

  test('a folder without files ends with 1 and the reason', async () => {
    const { status, output } = await run('demo/main.js', ['--exit', '--files', folder], env);
    expect(status).toBe(1);
    expect(output).toContain('must hold CSV files named alike but for the day');
  });
});
