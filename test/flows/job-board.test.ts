import { StartIngestionDocument } from '../../client/operations.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { watchJob } from '../../demo/progress.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { queueBackends } from '../support/redis.ts';

const password = 'only-for-operators';
const clientName = 'Confidential client';
const day = '2026-03-01';

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** An installation with a board and a delivery that no worker takes up yet. */
async function openBoard(queueOn: (typeof queueBackends)[number], isWritable: boolean) {
  const installation = await startInstallation(queueOn, {
    JOB_BOARD_PASSWORD: password,
    JOB_BOARD_WRITABLE: String(isWritable),
  });
  const { api, agency, url } = installation;
  const range = { from: day, to: day };
  const { feedId } = await setUpClient(api, {
    ...{ name: clientName, timeZone: 'UTC', cpm: '12.5', range },
    ...{ bucket: agency.bucket.name, keyPattern: 'report-{date}.csv' },
  });
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  const jobRunId = startIngestion.run.jobRun.id;
  const ask = (path: string, { headers = {}, ...rest }: RequestInit = {}) =>
    fetch(`${url}/ops/jobs${path}`, {
      headers: { authorization: basic('operator', password), ...headers },
      ...rest,
    });
  const readQueue = async () => {
    const response = await ask('/api/queues?activeQueue=ingestion&status=latest&page=1');
    const text = await response.text();
    const { queues } = JSON.parse(text) as {
      queues: { name: string; readOnlyMode: boolean; jobs: { id: string; data: object }[] }[];
    };
    return { queue: queues.find(({ name }) => name === 'ingestion'), text };
  };
  return { installation, jobRunId, ask, readQueue };
}
type Board = Awaited<ReturnType<typeof openBoard>>;

describe.each(queueBackends)('a board of queues on %s', (queueOn) => {
  let board: Board;
  let installation: Installation;

  beforeAll(async () => {
    board = await openBoard(queueOn, false);
    installation = board.installation;
  });
  afterAll(() => installation.close());

  test('shows what waits, by the id of its run and nothing else', async () => {
    const { queue, text } = await board.readQueue();
    expect(queue?.readOnlyMode).toBe(true);
    expect(queue?.jobs).toHaveLength(1);
    const [delivery] = queue?.jobs ?? [];
    expect(Object.values(delivery?.data ?? {})).toHaveLength(1);
    expect(delivery?.data).toEqual({ jobRunId: expect.any(String) });
    expect(delivery?.id).toMatch(/^ingest-feed-[\w-]+-1$/);
    for (const secret of [clientName, installation.agency.owner.email, 'report-']) {
      expect(text).not.toContain(secret);
    }
    for (const view of [
      `/api/queues/ingestion/${delivery?.id}`,
      `/api/queues/ingestion/${delivery?.id}/logs`,
      `/api/queues/ingestion/${delivery?.id}/flow`,
      '/api/queues/ingestion/workers',
      '/api/queues/ingestion/metrics',
      '/api/queues/ingestion/rate-limit',
      '/api/job-schedulers',
      '/api/redis/stats',
    ]) {
      expect({ view, status: (await board.ask(view)).status }).toEqual({ view, status: 200 });
    }
  });

  test('is a page that is framed, kept and fed by nobody else', async () => {
    const page = await board.ask('/');
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining(`frame-ancestors 'none'`),
    });
    const [, script] = /src="(static\/[^"]+\.js)"/.exec(await page.text()) ?? [];
    const loaded = await board.ask(`/${script}`);
    expect([loaded.status, loaded.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  test.each(['PUT', 'POST', 'PATCH', 'DELETE'])('refuses a %s', async (method) => {
    const headers = { origin: installation.url };
    for (const path of ['/api/queues/ingestion/pause', '/api/queues/pause', '/']) {
      expect((await board.ask(path, { method, headers })).status).toBe(405);
    }
  });

  test('asks for the operator’s password, whoever else one is', async () => {
    const { agency, url } = installation;
    const token = await fetchToken(url, agency.owner);
    for (const authorization of [
      '',
      'Basic',
      `Bearer ${token}`,
      basic('operator', token),
      basic('operator', 'wrong'),
      basic('admin', password),
      basic(agency.owner.email, agency.owner.password),
    ]) {
      for (const path of ['/', '/api/queues', '/static/favicon.ico']) {
        const response = await board.ask(path, { headers: { authorization } });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      }
    }
  });

  test('hears out no more than so many wrong passwords, nor the right one among them', async () => {
    const wrong = { headers: { authorization: basic('operator', 'guess') } };
    const statuses = new Set<number>();
    for (let guess = 0; guess < 40; guess++) statuses.add((await board.ask('/', wrong)).status);
    expect([...statuses]).toContain(429);
    expect((await board.ask('/')).status).toBe(429);
  });
});

describe.each(queueBackends)('a writable board of queues on %s', (queueOn) => {
  let board: Board;
  beforeAll(async () => {
    board = await openBoard(queueOn, true);
  });
  afterAll(() => board.installation.close());

  const change = (path: string, origin: string | undefined, method = 'PUT') =>
    board.ask(path, { method, headers: origin ? { origin } : {} });

  test('takes nothing from other sites, and makes no deliveries', async () => {
    const { url } = board.installation;
    for (const origin of [undefined, 'null', 'https://elsewhere.example']) {
      expect((await change('/api/queues/ingestion/promote', origin)).status).toBe(403);
    }
    expect((await change('/api/queues/ingestion/promote', url)).status).toBe(200);
    for (const path of ['ingestion/pause', 'pause', 'ingestion/empty', 'ingestion/obliterate']) {
      expect((await change(`/api/queues/${path}`, url)).status).toBe(403);
    }
    expect((await change('/api/queues/ingestion/add', url, 'POST')).status).toBe(403);
  });

  test('removes a delivery, which is then made again: the run is done all the same', async () => {
    const { installation, jobRunId, readQueue } = board;
    const [delivery] = (await readQueue()).queue?.jobs ?? [];
    const removed = await change(`/api/queues/ingestion/${delivery?.id}/clean`, installation.url);
    expect(removed.status).toBe(204);
    expect((await readQueue()).queue?.jobs).toEqual([]);
    await installation.startWorker();
    const { status } = await watchJob(installation.api, jobRunId, () => undefined);
    expect(status).toBe('SUCCEEDED');
  });
});

/** An organization's own access token. */
async function fetchToken(url: string, owner: { email: string; password: string }) {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: owner } }),
  });
  const { data } = (await response.json()) as { data: { signIn: { token: string } } };
  return data.signIn.token;
}
