import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, createApi } from '../../client/api.ts';
import {
  CancelJobDocument,
  CreateServiceTokenDocument,
  type CreateServiceTokenInput,
  IngestionRunDocument,
  JobProgressDocument,
  RevokeServiceTokenDocument,
  StartIngestionDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openSocket, ownerToken } from '../support/open-socket.ts';
import { postJson } from '../support/send.ts';
import { until } from '../support/until.ts';

const range = { from: '2026-03-01', to: '2026-03-01' };
let installation: Installation;
let feedId: string;

beforeAll(async () => {
  // No state but the first comes without its notice.
  const settings = { PROGRESS_REREAD_MS: '600000', SOCKETS_PER_USER: '2' };
  installation = await startInstallation('PostgreSQL', settings);
  const { api, agency } = installation;
  const client = { name: 'Acme', timeZone: 'UTC', cpm: '10', range };
  const files = { bucket: agency.bucket.name, keyPattern: '{date}.csv' };
  ({ feedId } = await setUpClient(api, { ...client, ...files }));
});
afterAll(() => installation.close());

async function create(input: Partial<CreateServiceTokenInput> = {}) {
  const { createServiceToken } = await installation.api.request(CreateServiceTokenDocument, {
    input: { name: 'Loader', scopes: ['READ', 'INGEST'], ...input },
  });
  const token = String(createServiceToken.token);
  return { token, id: createServiceToken.serviceToken.id, api: createApi(installation.url, token) };
}

const start = async (api: Api) =>
  (await api.request(StartIngestionDocument, { input: { feedId, range } })).startIngestion.run;

test('a machine starts a load, follows it, and is out with the next state once it is revoked', async () => {
  const { api, id } = await create();
  const run = await start(api);
  const { ingestionRun } = await api.request(IngestionRunDocument, { id: run.id });
  expect(ingestionRun?.trigger).toBe('MANUAL');

  const states = api.subscribe(JobProgressDocument, { id: run.jobRun.id })[Symbol.asyncIterator]();
  const first = await states.next();
  expect(first.value).toMatchObject({ jobProgress: { status: 'QUEUED' } });
  const next = states.next();
  next.catch(() => undefined);
  await installation.api.request(RevokeServiceTokenDocument, { id });
  await installation.api.request(CancelJobDocument, { id: run.jobRun.id });
  await expect(next).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(api.request(ViewerDocument, {})).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'The service token is unknown or has ended, or all of its clients are disabled.',
  });
});

test('a machine cancels what it started', async () => {
  const { api } = await create();
  const run = await start(api);
  const { cancelJob } = await api.request(CancelJobDocument, { id: run.jobRun.id });
  expect(cancelJob.jobRun.status).toBe('CANCELLED');
});

test('each token has sockets of its own, as many as a user', async () => {
  const [one, other] = [await create(), await create()];
  const sockets = [];
  for (const { token } of [one, one, other]) sockets.push(await openSocket(installation, token));
  await expect(openSocket(installation, one.token)).rejects.toThrow(/You have 2 WebSockets open/);
  for (const socket of sockets) socket.terminate();
});

test('in an address the graph takes no token, and nothing that is logged holds one', async () => {
  const logFile = join(tmpdir(), `mediagraph-requests-${randomUUID()}.log`);
  const { token } = await create({ allowsQueryString: true });
  const { server, url } = await installation.startServer({ LOG_LEVEL: 'trace' }, logFile);
  const ask = (path: string, headers = {}) =>
    fetch(`${url}${path}?token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ viewer { role } }"}',
    });
  const refused = await ask('/graphql');
  expect(await refused.text()).toContain('UNAUTHENTICATED');
  const answered = await ask('/graphql', { authorization: `Bearer ${token}` });
  expect(await answered.json()).toEqual({ data: { viewer: { role: 'ANALYST' } } });
  const rows = await fetch(
    `${url}/bi/v1/metrics.csv?metrics=spend&preset=LAST_WEEK&token=${token}`,
  );
  expect([rows.status, await rows.text()]).toEqual([200, 'currency,spend\n']);
  for (const path of ['/nowhere', '/graphql/%', '/ide/', '/bi/v1/%']) await ask(path);
  await server.stop();
  const log = await readFile(logFile, 'utf8');
  await rm(logFile, { force: true });
  expect(log).toContain('"url":"/graphql"');
  expect(log).toContain('"url":"/nowhere"');
  expect(log).toContain('"url":"/bi/v1/metrics.csv"');
  expect(log).not.toContain(token);
  expect(log).not.toContain('token=');
});

test('what a machine may not do is refused, noted, and counted, under whatever alias it asks', async () => {
  const { token, id } = await create({ name: 'Curious', scopes: ['READ'] });
  for (const name of ['one', 'two', 'three']) {
    const query = `mutation { ${name}: revokeOrganizationSessions { sessions } }`;
    const { error } = await postJson(installation.url, { query }, token);
    expect(error?.extensions?.code).toBe('FORBIDDEN');
  }
  const blind = await create({ name: 'Blind', scopes: ['INGEST'] });
  const watching = blind.api.subscribe(JobProgressDocument, {
    id: (await start(installation.api)).jobRun.id,
  });
  await expect(watching[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const owner = await ownerToken(installation);
  const entries = await until('the entries', async () => {
    const by = (
      token: string,
    ) => `auditLog(filter: { by: "${token}", actions: ["PERMISSION_REFUSED", "SERVICE_TOKEN_USED"] }) {
      nodes { action after requestId ip serviceToken { name } } }`;
    const query = `{ ${by(id)} blind: ${by(blind.id)} }`;
    const { data } = await postJson(installation.url, { query }, owner);
    const nodes = [...data.auditLog.nodes, ...data.blind.nodes];
    return nodes.length === 4 && nodes;
  });
  const from = {
    requestId: expect.any(String),
    ip: '127.0.0.1',
    serviceToken: { name: 'Curious' },
  };
  const ofBlind = { ...from, serviceToken: { name: 'Blind' } };
  expect(entries).toEqual(
    expect.arrayContaining([
      { ...from, action: 'PERMISSION_REFUSED', after: { field: 'revokeOrganizationSessions' } },
      { ...from, action: 'SERVICE_TOKEN_USED', after: {} },
      { ...ofBlind, action: 'PERMISSION_REFUSED', after: { field: 'jobProgress' } },
    ]),
  );
  const metrics = await (await fetch(`${installation.internalUrl}/metrics`)).text();
  expect(metrics).toContain('mediagraph_security_events_total{event="PERMISSION_REFUSED"} 4');
  expect(metrics).toContain('mediagraph_security_events_total{event="REFRESH_REUSED"} 0');
});
