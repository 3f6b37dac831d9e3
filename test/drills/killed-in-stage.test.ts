import { startCrew } from '../support/crew.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

let installation: Installation;
let drill: Drill;
let crew: Awaited<ReturnType<typeof startCrew>>;

beforeAll(async () => {
  installation = await startInstallation();
  drill = await createDrill(installation);
  // A run each, so that each is killed as often as is meant.
  const settings = { WORKER_CONCURRENCY: '1' };
  crew = await startCrew(2, () => installation.startWorker({ settings }));
});
afterAll(async () => {
  await crew.stop();
  await installation.close();
});

test.each(['list', 'archive', 'check', 'stage', 'resolve', 'apply', 'finish', 'end'] as const)(
  'workers killed in the stage %s, one run once and one twice',
  async (stage) => {
    const gate = await drill.gates.close(stage);
    const once = await drill.begin(`Once in ${stage}`);
    const twice = await drill.begin(`Twice in ${stage}`);
    await gate.reached(2);
    const killedAt = performance.now();
    await crew.kill([await drill.workerOf(once.id), await drill.workerOf(twice.id)]);
    // What the dead had asked of the database is still done there, and comes to nothing.
    await gate.letPass();
    await gate.reached(2);
    await crew.kill([await drill.workerOf(twice.id)]);
    await gate.open();
    const ends = await Promise.all([drill.finish(once), drill.finish(twice)]);
    noteRecovery(`killed in ${stage}`, killedAt);
    expect(ends).toMatchObject([
      { status: 'SUCCEEDED', attempt: 2 },
      { status: 'SUCCEEDED', attempt: 3 },
    ]);
    await expectUndisturbed(drill, [once, twice]);
  },
);
