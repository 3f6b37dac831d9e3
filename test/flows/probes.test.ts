import { Client } from 'pg';
import {
  IngestionRunDocument,
  StartIngestionDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { holdTable } from '../support/gates.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';

interface Probed {
  status: number;
  body: string;
}

async function probe(url: string): Promise<Probed> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}

/** Ask again until the answer is this one. */
const untilAnswered = (url: string, isWanted: (answer: Probed) => boolean): Promise<Probed> =>
  until(`such an answer of ${url}`, async () => {
    const answer = await probe(url);
    return isWanted(answer) && answer;
  });

/** Hold a table, so that whoever uses it waits. */
const hold = ({ agency }: Installation, table: string) =>
  holdTable(agency.urls.superuserUrl, table, 'access exclusive');

const unready = (...failing: string[]) => ({
  status: 503,
  body: JSON.stringify({ ready: false, failing }),
});
const isReady = ({ status }: Probed) => status === 200;

describe('a server', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(() => installation.close());

  test('answers probes on both ports, and metrics on the internal one alone', async () => {
    const { url, internalUrl } = installation;
    for (const each of [url, internalUrl]) {
      expect(await probe(`${each}/healthz`)).toEqual({ status: 200, body: 'ok' });
      expect(await probe(`${each}/readyz`)).toEqual({ status: 200, body: '{"ready":true}' });
    }
    expect((await probe(`${internalUrl}/metrics`)).status).toBe(200);
    expect((await probe(`${url}/metrics`)).status).toBe(404);
    expect((await probe(`${internalUrl}/constructor`)).status).toBe(404);
    expect((await fetch(`${internalUrl}/readyz`, { method: 'POST' })).status).toBe(405);
  });

  test('is alive but not ready while its database refuses it, and ready again afterwards', async () => {
    const { internalUrl, url, agency } = installation;
    const { pathname } = new URL(agency.urls.superuserUrl);
    const name = pathname.slice(1);
    const outside = new Client({
      connectionString: agency.urls.superuserUrl.replace(pathname, '/postgres'),
    });
    await outside.connect();
    await outside.query(`alter database ${name} allow_connections false`);
    await outside.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
    expect(await probe(`${internalUrl}/readyz`)).toEqual(unready('database', 'queue'));
    expect(await probe(`${url}/readyz`)).toEqual(unready('database', 'queue'));
    expect(await probe(`${internalUrl}/healthz`)).toEqual({ status: 200, body: 'ok' });
    const { status, body } = await untilAnswered(`${internalUrl}/metrics`, (answer) =>
      /mediagraph_database_gauge_failures_total [1-9]/.test(answer.body),
    );
    expect(status).toBe(200);
    expect(body).not.toMatch(/^mediagraph_queue_jobs\{/m);

    await outside.query(`alter database ${name} allow_connections true`);
    await outside.end();
    await untilAnswered(`${internalUrl}/readyz`, isReady);
  });

  test('is not ready for a database that is older than itself', async () => {
    const { internalUrl, agency } = installation;
    const owner = new Client({ connectionString: agency.urls.ownerUrl });
    await owner.connect();
    await owner.query(`update migrations set name = 'later' where name = '0004-ingestion'`);
    expect(await probe(`${internalUrl}/readyz`)).toEqual(unready('schema'));
    await owner.query(`update migrations set name = '0004-ingestion' where name = 'later'`);
    await owner.end();
    expect(await probe(`${internalUrl}/readyz`)).toMatchObject({ status: 200 });
  });
});

const onRedis = hasRedis ? test : test.skip;
onRedis('a server whose queue is gone is not ready, and says that it is the queue', async () => {
  const redis = await startRedis();
  const installation = await startInstallation('PostgreSQL', { REDIS_URL: redis.url });
  const readyz = `${installation.internalUrl}/readyz`;
  expect(await probe(readyz)).toMatchObject({ status: 200 });
  await redis.stop();
  expect(await probe(readyz)).toEqual(unready('queue'));
  await installation.close();
});

test('a server that is stopped is unready at once, and answers what it was asked before', async () => {
  const installation = await startInstallation('PostgreSQL', { SHUTDOWN_GRACE_MS: '3000' });
  const { api, server, internalUrl, url } = installation;
  const held = await hold(installation, 'memberships');
  const answering = api.request(ViewerDocument, {});
  await held.reached();
  server.kill('SIGTERM');
  await untilAnswered(`${internalUrl}/readyz`, (answer) => !isReady(answer));
  expect(await probe(`${internalUrl}/readyz`)).toEqual(unready('shutdown'));
  // Within the grace, new connections are still answered.
  expect(await probe(`${url}/readyz`)).toEqual(unready('shutdown'));
  expect((await probe(`${internalUrl}/healthz`)).status).toBe(200);
  await held.open();
  expect((await answering).viewer).toBeTruthy();
  expect(await server.ended).toBe(0);
  await installation.close();
});

test('a worker that is stopped is unready at once, and ends its job', async () => {
  const installation = await startInstallation();
  const { api, agency } = installation;
  const worker = await installation.startWorker();
  const readyz = `${worker.ready.internalUrl}/readyz`;
  expect(await probe(readyz)).toEqual({ status: 200, body: '{"ready":true}' });

  const day = '2026-11-01';
  await agency.bucket.put(`day-${day}.csv`, surfsideFile(day, [surfsideRow()]));
  const range = { from: day, to: day };
  const feed = { bucket: agency.bucket.name, keyPattern: 'day-{date}.csv', range };
  const { feedId } = await setUpClient(api, {
    name: 'Held',
    timeZone: 'UTC',
    cpm: '12.5',
    ...feed,
  });
  const held = await hold(installation, 'source_objects');
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  await held.reached();
  worker.kill('SIGTERM');
  expect(await untilAnswered(readyz, (answer) => !isReady(answer))).toEqual(unready('shutdown'));
  await held.open();
  expect(await worker.ended).toBe(0);
  const { ingestionRun } = await api.request(IngestionRunDocument, { id: startIngestion.run.id });
  expect(ingestionRun?.status).toBe('SUCCEEDED');
  await installation.close();
});
