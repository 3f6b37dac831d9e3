import { readFile } from 'node:fs/promises';
import WebSocket from 'ws';
import { CancelJobDocument, JobProgressDocument, ViewerDocument } from '../../client/operations.ts';
import { createDrill, type Drill, type DrilledRun } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openSocket, ownerToken, subscribe } from '../support/open-socket.ts';
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

test('one that never reads costs little, and others are told everything', async () => {
  const run = await drill.begin('Watched');
  // States of 100 kB, as no real one is.
  await drill.ask(`update job_runs set error_message = repeat('x', 100000) where id = $1`, run.id);
  const token = await ownerToken(installation);
  const deaf = await Promise.all([1, 2].map(() => openSocket(installation, token)));
  const query = 'subscription ($id: ID!) { jobProgress(id: $id) { errorMessage } }';
  for (const socket of deaf) {
    socket.pause();
    for (let id = 0; id < 50; id++) subscribe(socket, String(id), query, { id: run.jobRunId });
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
  for (const socket of deaf) socket.terminate();
});

test('one that asks and never reads the answers is let go', async () => {
  const deaf = await openSocket(installation, await ownerToken(installation));
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
