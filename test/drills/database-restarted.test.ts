import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/infra/embedded/free-port.ts';
import { type RunningPostgres, startPostgres } from '../../src/infra/embedded/postgres.ts';
import { migrate } from '../../src/infra/migrate.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

let postgres: RunningPostgres;
let installation: Installation;
let drill: Drill;
const folder = join(tmpdir(), `mediagraph-drill-${randomUUID()}`);
const ends = new EventTarget();
let port: number;

/** A cluster that this drill alone uses; started again, it is the same one. */
const startCluster = () =>
  startPostgres({
    folder,
    port,
    password: 'drill',
    log: () => undefined,
    onEnd: () => ends.dispatchEvent(new Event('end')),
  });

beforeAll(async () => {
  port = await freePort(0, 'port');
  postgres = await startCluster();
  const ownerUrl = postgres.urlOf('mediagraph_owner');
  await migrate(ownerUrl);
  installation = await startInstallation(
    'PostgreSQL',
    { LOG_LEVEL: 'silent' },
    {
      ownerUrl,
      serverUrl: postgres.urlOf('mediagraph_server'),
      workerUrl: postgres.urlOf('mediagraph_worker'),
      superuserUrl: ownerUrl.replace('mediagraph_owner', 'postgres'),
    },
  );
  await Promise.all([installation.startWorker(), installation.startWorker()]);
  drill = await createDrill(installation, true);
});
afterAll(async () => {
  await installation.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
});

/** All that it does is cut off, and what was not logged is lost: so PostgreSQL restarts after a crash. */
async function crash(): Promise<void> {
  const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
  const ended = once(ends, 'end');
  process.kill(Number(pid), 'SIGQUIT');
  await ended;
}

test.each([
  ['restarted', 'apply', () => postgres.stop()],
  ['restarted', 'stage', () => postgres.stop()],
  ['crashed', 'apply', crash],
] as const)('PostgreSQL %s while a worker stands in the stage %s', async (how, stage, end) => {
  const gate = await drill.gates.close(stage);
  const run = await drill.begin(`${how} in ${stage}`);
  await gate.reached();
  const endedAt = performance.now();
  await end();
  postgres = await startCluster();
  // The server answers at once, and what it is asked for now is done too.
  const next = await drill.begin(`After it ${how} in ${stage}`);
  for (const each of [run, next]) {
    expect(await drill.finish(each)).toMatchObject({ status: 'SUCCEEDED' });
  }
  noteRecovery(`PostgreSQL ${how} in ${stage}`, endedAt);
  await gate.open();
  await expectUndisturbed(drill, [run, next]);
});

test('scratch that a crash emptied is read again, and no day is taken for empty', async () => {
  const gate = await drill.gates.close('turn');
  const run = await drill.begin('Without its scratch');
  await gate.reached();
  const lostAt = performance.now();
  // Unlogged tables come out of a crash like this.
  await drill.ask('truncate staging.media_rows');
  await gate.open();
  expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
  noteRecovery('scratch lost', lostAt);
  await expectUndisturbed(drill, [run]);
});
