import { toGlobalId } from '../../src/domain/global-id.ts';
import { createDrill } from '../support/drill.ts';
import { holdTable } from '../support/gates.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { hasRedis } from '../support/redis.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

let installation: Installation;

afterEach(() => installation.close());

const onRedis = hasRedis ? test : test.skip;

onRedis(
  'what is asked for while Redis is away is done when it is back, without its server',
  async () => {
    installation = await startInstallation('Redis', { LOG_LEVEL: 'silent' });
    await installation.startWorker();
    const drill = await createDrill(installation, true);
    const { redis } = installation.agency;
    await redis?.halt();
    const run = await drill.begin('Asked without a queue');
    expect(await drill.jobRow(run.id)).toMatchObject({ status: 'QUEUED', fence: 0 });
    installation.server.kill('SIGKILL');
    const backAt = performance.now();
    await redis?.start();
    const { api } = await installation.startServer();
    const last = await drill.finish(run, api);
    noteRecovery('asked for while Redis was away', backAt);
    expect(last).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
    await expectUndisturbed(drill, [run], api);
  },
);

test('a server that dies between its commit and the queue loses nothing', async () => {
  installation = await startInstallation();
  const drill = await createDrill(installation);
  const { superuserUrl } = installation.agency.urls;
  const client = await drill.setUp('Committed');
  const queue = await holdTable(superuserUrl, 'bullmq.job');
  const asking = drill.start(client.feedId).catch(() => 'lost' as const);
  const [session] = await queue.reached();
  const [row] = await drill.ask<{ id: string; run_id: string; delivery: number }>(
    `select j.id, r.id as run_id, j.delivery from job_runs j join ingestion_runs r on r.job_run_id = j.id
     where j.status = 'QUEUED'`,
  );
  if (!row) throw new Error('Nothing is committed');
  const { id, run_id: runId } = row;
  expect(row.delivery).toBe(1);
  installation.server.kill('SIGKILL');
  expect(await asking).toBe('lost');
  // Its session, which would go on to queue what was asked, is gone with it.
  await drill.ask('select pg_terminate_backend($1)', session);
  await queue.open();
  const [second] = await Promise.all([installation.startServer(), installation.startWorker()]);
  const backAt = performance.now();
  const run = {
    ...client,
    id,
    jobRunId: toGlobalId('JobRun', id),
    runId: toGlobalId('IngestionRun', runId),
  };
  const last = await drill.finish(run, second.api);
  noteRecovery('server killed between commit and send', backAt);
  expect(last).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
  // The sweeper sends what no worker has taken up for a while, also again.
  expect((await drill.jobRow(id)).delivery).toBeGreaterThan(1);
  await expectUndisturbed(drill, [run], second.api);
});
