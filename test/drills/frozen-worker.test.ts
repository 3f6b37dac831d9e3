import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartedProcess } from '../../src/infra/child-process.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { queueBackends } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

describe.each(queueBackends)('a worker frozen past its lease, the queue on %s', (queueOn) => {
  let installation: Installation;
  let drill: Drill;
  /** A worker whose refusals can be read. */
  let frozen: StartedProcess<object>;
  const logFile = join(tmpdir(), `mediagraph-drill-${randomUUID()}.log`);

  beforeAll(async () => {
    installation = await startInstallation(queueOn);
    frozen = await installation.startWorker({ settings: { LOG_LEVEL: 'warn' }, logFile });
    drill = await createDrill(installation, true);
  });
  afterAll(async () => {
    await installation.close();
    await rm(logFile, { force: true });
  });

  const refusals = async () =>
    (await readFile(logFile, 'utf8'))
      .split('\n')
      .filter((line) => line.includes('attempt abandoned'));

  test('in the middle of the transaction that replaces a day: nobody else writes until that is over', async () => {
    const gate = await drill.gates.close('apply');
    const run = await drill.begin('Frozen in a transaction');
    const [session] = await gate.reached();
    const seen = await refusals();
    frozen.kill('SIGSTOP');
    await gate.open();
    const other = await installation.startWorker();
    // The first delivery was the frozen one's, the second came to nothing: so there is a third.
    await until('another to try, in vain', async () => (await drill.jobRow(run.id)).delivery >= 3);
    expect(await drill.jobRow(run.id)).toMatchObject({ fence: 1, status: 'RUNNING' });
    // As the database itself does with a session that is idle in a transaction for a minute.
    const freedAt = performance.now();
    await drill.ask('select pg_terminate_backend($1)', session);
    expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
    noteRecovery(`frozen in a transaction, once it was ended (${queueOn})`, freedAt);
    frozen.kill('SIGCONT');
    await until('the refusal', async () => (await refusals()).length > seen.length);
    await expectUndisturbed(drill, [run]);
    await other.stop();
  });

  test('in the middle of a COPY: its rows, arriving after the end, are not taken', async () => {
    const gate = await drill.gates.close('stage');
    const run = await drill.begin('Frozen in a COPY');
    await gate.reached();
    const seen = await refusals();
    frozen.kill('SIGSTOP');
    await drill.gates.goAround();
    const frozenAt = performance.now();
    const other = await installation.startWorker();
    expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
    noteRecovery(`frozen in a COPY (${queueOn})`, frozenAt);
    // What it had sent before is now taken in; it wakes, and goes on where it was.
    await gate.open();
    frozen.kill('SIGCONT');
    await until('the refusal', async () => (await refusals()).length > seen.length);
    await expectUndisturbed(drill, [run]);

    // It is as good a worker as before.
    await other.stop();
    const next = await drill.begin('After the COPY');
    expect(await drill.finish(next)).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
    await expectUndisturbed(drill, [run, next]);
  });
});
