import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { startCrew } from '../support/crew.ts';
import { createDrill } from '../support/drill.ts';
import { neighbour, poison } from '../support/drill-jobs.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { queueBackends } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

let installation: Installation;
let crew: Awaited<ReturnType<typeof startCrew>>;

afterEach(async () => {
  await crew.stop();
  await installation.close();
});

test.each(queueBackends.slice(-1))(
  'a job that kills its workers is put aside after three, its neighbours end well (%s)',
  async (queueOn) => {
    installation = await startInstallation(queueOn);
    const drill = await createDrill(installation);
    const { database, tenant } = installation.agency;
    const script = 'test/support/drill-worker.js';
    crew = await startCrew(1, () => installation.startWorker({ script }));
    const add = <P extends object>(job: JobDefinition<P>, payload: P) =>
      database.withTenant(tenant, (em) =>
        openOutbox(em).add(job, payload, { ...tenant, clientId: null }),
      );
    const running = (id: string) =>
      until(`${id} runs`, async () => (await drill.jobRow(id)).status === 'RUNNING');
    const ended = (id: string) =>
      until(`${id} has ended`, async () => {
        const { finished_at: at, ...row } = await drill.jobRow(id);
        return at !== null && row;
      });

    const gate = await drill.gates.close('apply');
    const ingestion = await drill.begin('Beside the poison');
    await gate.reached();
    const poisonId = await database.withTenant(tenant, async (em) => {
      const outbox = openOutbox(em);
      const owner = { ...tenant, clientId: null };
      const id = await outbox.add(poison, {}, owner);
      // Sent by nobody until the one that outlasts it runs.
      await em.execute(`update job_runs set run_at = now() + interval '1 hour' where id = ?`, [id]);
      return id;
    });
    const long = await add(neighbour, { until: poisonId });
    await running(long);
    const startedAt = performance.now();
    await drill.ask('update job_runs set run_at = now() where id = $1', poisonId);
    // All three run in one process: all die with it, and each is under suspicion.
    await until('a death', async () => crew.deaths() === 1);
    await gate.open();
    await Promise.all([crew.hire(), crew.hire()]);
    const short: string[] = [];
    for (let number = 0; number < 6; number++) short.push(await add(neighbour, { until: null }));

    const last = await ended(poisonId);
    noteRecovery(`poison put aside (${queueOn})`, startedAt);
    expect(last).toMatchObject({ status: 'FAILED', error_code: 'WORKER_LOST', attempt: 4 });
    for (const id of [...short, long]) {
      expect(await ended(id)).toMatchObject({ status: 'SUCCEEDED' });
    }
    // It may have shared the first two deaths; then it was kept apart.
    expect((await ended(long)).attempt).toBeLessThanOrEqual(3);
    expect(await drill.finish(ingestion)).toMatchObject({ status: 'SUCCEEDED' });
    expect(crew.deaths()).toBe(3);
    await expectUndisturbed(drill, [ingestion]);
  },
);
