import { once } from 'node:events';
import { serverAudits } from 'graphql-http';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openSocket, ownerToken, subscribe } from '../support/open-socket.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation('PostgreSQL', { CORS_ORIGINS: 'https://app.example' });
});
afterAll(() => installation.close());

async function post(body: string) {
  const response = await fetch(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text: await response.text() };
}

test.each(['{query: viewer}', '"', `{"query":"${'x'.repeat(1_100_000)}"}`])(
  'a body that cannot be read is answered as JSON, without a trace of where',
  async (body) => {
    const { status, type, text } = await post(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(type).toContain('application/json');
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(text).not.toContain('node_modules');
  },
);

test('a misspelt field is said by its name', async () => {
  const { text } = await post('{"query":"{ viewr { email } }"}');
  expect(text).toContain('Cannot query field \\"viewr\\"');
});

test.each([
  ['{"query":"query A { viewer { email } }","operationName":"B"}', 'Unknown operation named "B".'],
  [
    '{"query":"query A { viewer { email } } query B { viewer { role } }"}',
    'Must provide operation name',
  ],
])('an operation that is not there, or not named, is said to be: %s', async (body, message) => {
  const { status, text } = await post(body);
  expect(status).toBe(400);
  expect(JSON.parse(text).errors[0].message).toContain(message);
});

test('a subscription over HTTP is told where subscriptions are', async () => {
  const query = 'subscription { jobProgress(id: \\"x\\") { status } }';
  const { text } = await post(`{"query":"${query}"}`);
  expect(JSON.parse(text).errors[0]).toMatchObject({
    message: expect.stringContaining('WebSocket'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('a query over the WebSocket is refused, whether or not its sender waits for the answer', async () => {
  const token = await ownerToken(installation);
  const query = '{ clients { edges { cursor } } }';
  const asking = await openSocket(installation, token);
  subscribe(asking, '1', query);
  const [answer] = await once(asking, 'message');
  expect(JSON.parse(answer)).toMatchObject({
    payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
  asking.terminate();

  for (let visit = 0; visit < 20; visit++) {
    const socket = await openSocket(installation, token);
    subscribe(socket, '1', query);
    socket.terminate();
  }
  const idle = await installation.agency.database.withTenant(installation.agency.tenant, (em) =>
    em.execute(`select from pg_stat_activity
      where usename = 'mediagraph_server' and datname = current_database() and state like 'idle in%'`),
  );
  expect(idle).toEqual([]);
});

test('the IDE comes from this server alone', async () => {
  const page = await fetch(`${installation.url}/ide/`);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain(`${installation.url}/graphql`);
  const policy = page.headers.get('content-security-policy') ?? '';
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
  expect(html).toContain(`<script type="module" nonce="${nonce}">`);
  expect(policy).not.toContain('unsafe-eval');
  const [, script] = /src="([^"]+\.js)"/.exec(html) ?? [];
  expect(script).toBeDefined();
  const loaded = await fetch(new URL(script ?? '', `${installation.url}/ide/`));
  expect(loaded.status).toBe(200);
});

test('without its password there is no job board', async () => {
  const headers = { authorization: `Basic ${Buffer.from('operator:').toString('base64')}` };
  const board = await fetch(`${installation.url}/ops/jobs/`, { headers });
  expect(board.status).toBe(404);
});

test('GraphQL over HTTP is spoken as its draft says, but for what Apollo leaves open', async () => {
  const audits = serverAudits({ url: `${installation.url}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const named = (status: string) =>
    results.filter((result) => result.status === status).map(({ name }) => name);
  expect(named('error')).toEqual([]);
  expect(named('warn')).toEqual([
    'SHOULD use 200 status code on document parsing failure when accepting application/json',
    'SHOULD use 200 status code on document validation failure when accepting application/json',
    'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  ]);
  expect(named('ok').length).toBeGreaterThan(50);
});

test('the doors for BI are read from pages of the configured origins, and are measured', async () => {
  const ask = async (origin: string) => {
    const authorization = `Bearer ${await ownerToken(installation)}`;
    const response = await fetch(`${installation.url}/bi/v1/schema`, {
      headers: { authorization, origin },
    });
    expect(response.status).toBe(200);
    return response.headers;
  };
  const headers = await ask('https://app.example');
  expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(headers.get('access-control-expose-headers')).toContain('link');
  expect((await ask('https://evil.example')).get('access-control-allow-origin')).toBeNull();
  const metrics = await (await fetch(`${installation.internalUrl}/metrics`)).text();
  expect(metrics).toContain(
    'mediagraph_http_request_duration_seconds_count{route="/bi",method="GET"',
  );
});
