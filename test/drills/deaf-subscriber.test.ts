import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import WebSocket from 'ws';
import { CancelJobDocument, JobProgressDocument, ViewerDocument } from '../../client/operations.ts';
import { createDrill, type Drill, type DrilledRun } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { until } from '../support/until.ts';

/** 40 states of 100 kB to 100 subscriptions would be 400, and what is asked in vain 300. */
const mostMegabytes = 150;
let installation: Installation;
let drill: Drill;

beforeAll(async () => {
  installation = await startInstallation('PostgreSQL', { LOG_LEVEL: 'silent' });
  drill = await createDrill(installation);
});
afterAll(() => installation.close());

/** Megabytes that the server holds. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${installation.server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function openSocket() {
  const { email, password } = installation.agency.owner;
  const response = await fetch(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      variables: { input: { email, password } },
    }),
  });
  const { data } = (await response.json()) as { data: { signIn: { token: string } } };
  const url = `${installation.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const payload = { authorization: `Bearer ${data.signIn.token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await once(socket, 'message');
  return socket;
}

test('one that never reads costs little, and others are told everything', async () => {
  const run = await drill.begin('Watched');
  // States of 100 kB, as no real one is.
  await drill.ask(`update job_runs set error_message = repeat('x', 100000) where id = $1`, run.id);
  const deaf = await openSocket();
  deaf.pause();
  const query = 'subscription ($id: ID!) { jobProgress(id: $id) { errorMessage } }';
  for (let id = 0; id < 100; id++) {
    const payload = { query, variables: { id: run.jobRunId } };
    deaf.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
  }
  const before = await memory();
  const seen = watch(run);
  let peak = 0;
  for (let state = 1; state <= 40; state++) {
    await drill.ask(
      `with told as (update job_runs set sequence = sequence + 1 where id = $1 returning id, sequence)
       select pg_notify('job_runs', id || ' ' || sequence) from told`,
      run.id,
    );
    await until(`state ${state}`, async () => seen.sequence >= state);
    peak = Math.max(peak, await memory());
  }
  await installation.api.request(CancelJobDocument, { id: run.jobRunId });
  await until('the last state', async () => seen.status === 'CANCELLED');
  // One state of each subscription waits, not each state.
  expect(peak - before).toBeLessThan(mostMegabytes);
  deaf.terminate();
});

test('one that asks and never reads the answers is let go', async () => {
  const deaf = await openSocket();
  deaf.pause();
  const before = await memory();
  let peak = 0;
  const ping = JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(500_000) } });
  for (let sent = 0; sent < 600 && deaf.readyState === WebSocket.OPEN; sent++) {
    await new Promise((done) => deaf.send(ping, done));
    peak = Math.max(peak, await memory());
  }
  expect(deaf.readyState).not.toBe(WebSocket.OPEN);
  expect(peak - before).toBeLessThan(mostMegabytes);
  expect(await installation.api.request(ViewerDocument, {})).toBeDefined();
});

/** Watch a run as everybody does. */
function watch({ jobRunId }: DrilledRun) {
  const seen = { sequence: 0, status: '' };
  void (async () => {
    const states = installation.api.subscribe(JobProgressDocument, { id: jobRunId });
    for await (const { jobProgress } of states) Object.assign(seen, jobProgress);
  })().catch(() => undefined);
  return seen;
}
