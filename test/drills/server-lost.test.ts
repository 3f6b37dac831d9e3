import { createDrill } from '../support/drill.ts';
import { holdTable } from '../support/gates.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { hasRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

let installation: Installation;

afterEach(() => installation.close());

const onRedis = hasRedis ? test : test.skip;

onRedis(
  'what is asked for while Redis is away is done when it is back, without its server',
  async () => {
    installation = await startInstallation('Redis');
    const drill = await createDrill(installation);
    await installation.startWorker();
    const { redis } = installation.agency;
    await redis?.stop();
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
  const run = await drill.ask<{ id: string; delivery: number }>(
    `select id, delivery from job_runs where status = 'QUEUED'`,
  );
  expect(run).toMatchObject([{ delivery: 1 }]);
  installation.server.kill('SIGKILL');
  expect(await asking).toBe('lost');
  // Its session, which would go on to queue what was asked, is gone with it.
  await drill.ask('select pg_terminate_backend($1)', session);
  await queue.open();
  const [second] = await Promise.all([installation.startServer(), installation.startWorker()]);
  const backAt = performance.now();
  const again = { ...client, ...(await drill.start(client.feedId, second.api)) };
  const last = await drill.finish(again, second.api);
  noteRecovery('server killed between commit and send', backAt);
  // The run that nobody was told of is the one that asking again finds.
  expect(again.id).toBe(run[0]?.id);
  expect(last).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
  await until('a second delivery', async () => (await drill.jobRow(again.id)).delivery === 2);
  await expectUndisturbed(drill, [again], second.api);
});
