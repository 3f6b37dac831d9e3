import { Redis } from 'ioredis';
import { BackfillDocument, IngestionRunsDocument } from '../../client/operations.ts';
import type { JobState } from '../../demo/progress.ts';
import { fromGlobalId } from '../../src/domain/global-id.ts';
import { createDrill, type Drill, range } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { hasRedis } from '../support/redis.ts';
import { expectForward, expectUndisturbed } from './expect-undisturbed.ts';

(hasRedis ? describe : describe.skip)('the queue on a Redis that forgets', () => {
  let installation: Installation;
  let drill: Drill;

  beforeAll(async () => {
    installation = await startInstallation('Redis', { WORKER_CONCURRENCY: '1' });
    await installation.startWorker();
    drill = await createDrill(installation, true);
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

  test('flushed in the middle of a backfill: each of its runs is one, and goes on', async () => {
    const { api } = installation;
    const client = await drill.setUp('Backfilled');
    const gate = await drill.gates.close('apply');
    const input = { feedId: client.feedId, range, chunkDays: 1 };
    const { backfill } = (await api.request(BackfillDocument, { input })).backfill;
    await gate.reached();
    // The first chunk is loaded, the second is about to be.
    await gate.letPass();
    await gate.reached();
    const lostAt = performance.now();
    await flush();
    await gate.open();
    const filter = { backfillId: backfill.id };
    const { ingestionRuns } = await api.request(IngestionRunsDocument, { filter });
    const runs = ingestionRuns.edges.map(({ node: { id, jobRun } }) => {
      const jobRunId = jobRun.id;
      return { ...client, runId: id, jobRunId, id: fromGlobalId('JobRun', jobRunId) };
    });
    expect(runs).toHaveLength(4);
    for (const run of runs) {
      const seen: JobState[] = [];
      const end = await drill.finish(run, undefined, (state) => seen.push(state));
      expect(end).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
      expectForward(seen);
    }
    noteRecovery('Redis flushed in a backfill', lostAt);
    const outcomes = await Promise.all(runs.map((run) => drill.outcome(run)));
    const slices = outcomes
      .flatMap((outcome) => outcome.slices ?? [])
      .toSorted((one, other) => (one.date < other.date ? -1 : 1));
    expect({ ...outcomes[0], slices }).toEqual(drill.undisturbed);
    expect(await drill.leftOver()).toEqual([{ scratch: 0, unfinished: 0 }]);
  });
});
