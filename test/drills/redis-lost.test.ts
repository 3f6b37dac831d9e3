import { Redis } from 'ioredis';
import { createDrill, type Drill } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { hasRedis } from '../support/redis.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

(hasRedis ? describe : describe.skip)('the queue on a Redis that forgets', () => {
  let installation: Installation;
  let drill: Drill;

  beforeAll(async () => {
    installation = await startInstallation('Redis', { WORKER_CONCURRENCY: '1' });
    drill = await createDrill(installation);
    await installation.startWorker();
  });
  afterAll(() => installation.close());

  const redis = () => {
    if (!installation.agency.redis) throw new Error('The queue is not on Redis');
    return installation.agency.redis;
  };
  const flush = async () => {
    const client = new Redis(redis().url);
    await client.flushall();
    client.disconnect();
  };

  test.each([
    ['restarted, and empty', () => redis().restart()],
    ['flushed', flush],
  ])('%s while a job runs and others wait: all are done, and later ones too', async (how, lose) => {
    const gate = await drill.gates.close('apply');
    const runs = [];
    for (const name of ['Runs', 'Waits', 'Waits too']) {
      runs.push(await drill.begin(`${name} while ${how}`));
    }
    await gate.reached();
    const lostAt = performance.now();
    await lose();
    await gate.open();
    runs.push(await drill.begin(`Comes after: ${how}`));
    const ends = await Promise.all(runs.map((run) => drill.finish(run)));
    noteRecovery(`Redis ${how}`, lostAt);
    for (const end of ends) expect(end).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
    await expectUndisturbed(drill, runs);
  });
});
