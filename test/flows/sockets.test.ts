import { on, once } from 'node:events';
import { SignJWT } from 'jose';
import type WebSocket from 'ws';
import { createApi } from '../../client/api.ts';
import { JobProgressDocument, SignOutDocument, ViewerDocument } from '../../client/operations.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openBareSocket, openSocket, ownerToken, subscribe } from '../support/open-socket.ts';
import { runAs, testServices } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const signInFirst = 'Sign in first, and send the token: `authorization: Bearer ...`.';
const query = 'subscription ($id: ID!) { jobProgress(id: $id) { status } }';
let installation: Installation;
let token: string;
/** Of a run that no worker takes up. */
let id: string;

beforeAll(async () => {
  installation = await startInstallation('PostgreSQL', { SOCKETS_PER_USER: '2' });
  token = await ownerToken(installation);
  const { tenant, urls } = installation.agency;
  const [row] = await runAs<{ id: string }>(
    urls.superuserUrl,
    `insert into job_runs (organization_id, name, queue, payload, max_attempts)
     values ($1, 'ingest-feed', 'ingestion', '{}', 3) returning id`,
    [tenant.organizationId],
  );
  id = toGlobalId('JobRun', row?.id ?? '');
});
afterAll(() => installation.close());

/** How the server closes a socket that comes with this. */
async function refusal(payload?: object): Promise<[number, string]> {
  const socket = await openBareSocket(installation);
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const [code, reason] = await once(socket, 'close');
  return [code, String(reason)];
}

/** Answers as they come, until there are so many. */
async function answers(socket: WebSocket, count: number) {
  const received: { id: string; type: string; payload: unknown }[] = [];
  for await (const [data] of on(socket, 'message')) {
    received.push(JSON.parse(String(data)));
    if (received.length === count) break;
  }
  return received;
}

test('a socket without a token that is valid is not let in', async () => {
  expect(await refusal()).toEqual([4403, signInFirst]);
  expect(await refusal({ authorization: { a: 1 } })).toEqual([4403, signInFirst]);
  const invalid = { authorization: 'Bearer x.y.z' };
  expect(await refusal(invalid)).toEqual([4403, 'The token is not valid.']);
  const stranger = createApi(installation.url).subscribe(JobProgressDocument, { id });
  await expect(stranger[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: signInFirst,
  });
});

test('a socket carries 50 subscriptions; one more gets in when one of them ends', async () => {
  const socket = await openSocket(installation, token);
  const begun = answers(socket, 51);
  for (let each = 1; each <= 51; each++) subscribe(socket, String(each), query, { id });
  const received = await begun;
  expect(received.filter(({ type }) => type === 'next')).toHaveLength(50);
  expect(received.filter(({ type }) => type === 'error')).toMatchObject([
    {
      id: '51',
      payload: [
        {
          message: expect.stringContaining('at most 50 subscriptions'),
          extensions: { code: 'RATE_LIMITED' },
        },
      ],
    },
  ]);
  socket.send(JSON.stringify({ id: '1', type: 'complete' }));
  const next = answers(socket, 1);
  subscribe(socket, '52', query, { id });
  expect(await next).toMatchObject([{ id: '52', type: 'next' }]);
  socket.terminate();
});

test('a user has as many sockets as may be; one more gets in when one of them closes', async () => {
  const authorization = `Bearer ${token}`;
  const tooMany = [1013, 'You have 2 WebSockets open; close one first.'];
  // Those of the test before may not be gone yet.
  const letIn = () =>
    until('a place', () => openSocket(installation, token).catch(() => undefined));
  const sockets = [await letIn(), await letIn()];
  expect(await refusal({ authorization })).toEqual(tooMany);
  const api = createApi(installation.url, token).subscribe(JobProgressDocument, { id });
  await expect(api[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  sockets[0]?.close();
  sockets.push(await letIn());
  for (const socket of sockets) socket.terminate();
});

/** The same token, but that it ends in a moment: what its server would have made a quarter of an hour ago. */
async function endingSoon(long: string): Promise<string> {
  const [header, payload] = long.split('.').map((part) => Buffer.from(part, 'base64url'));
  const { kid } = JSON.parse(String(header));
  const claims = { ...JSON.parse(String(payload)), exp: Math.ceil(Date.now() / 1000) + 1 };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid })
    .sign(new TextEncoder().encode(testServices.secrets.JWT_SECRET));
}

test('a socket closes soon after its session or its token has ended, and no other', async () => {
  const other = await ownerToken(installation);
  // Those of the test before may not be gone yet.
  const letIn = (tokenOf: () => Promise<string>) =>
    until('a place', async () => openSocket(installation, await tokenOf()).catch(() => undefined));
  const [ofSession, ofToken] = [
    await letIn(async () => other),
    await letIn(() => endingSoon(token)),
  ];
  const closing = (socket: WebSocket) =>
    once(socket, 'close').then(([code, reason]) => [code, String(reason)]);
  const ended = closing(ofSession);
  const expired = [4403, 'The token has expired; refresh it, or sign in again.'];
  expect(await closing(ofToken)).toEqual(expired);
  expect(ofSession.readyState).toBe(ofSession.OPEN);
  await createApi(installation.url, other).request(SignOutDocument, {});
  expect(await ended).toEqual([4403, 'This access has ended.']);
  const { viewer } = await createApi(installation.url, token).request(ViewerDocument, {});
  expect(viewer.role).toBe('OWNER');
});
