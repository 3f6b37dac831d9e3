import { startCrew } from '../support/crew.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { beginVibeRun, outcomeOf, type VibeRun, workerOf } from '../support/vibe/vibe-drill.ts';
import { vibeSecret } from '../support/vibe/vibe-feed.ts';
import { vibeRow } from '../support/vibe/vibe-report.ts';
import { type FakeVibe, startVibe } from '../support/vibe/vibe-server.ts';
import { expectForward } from './expect-undisturbed.ts';

let vibe: FakeVibe;
let installation: Installation;
let crew: Awaited<ReturnType<typeof startCrew>>;
let undisturbed: Awaited<ReturnType<typeof outcomeOf>>;

beforeAll(async () => {
  vibe = await startVibe(vibeSecret, (date) =>
    Array.from({ length: 300 }, (_, index) =>
      vibeRow({ creative: `Spot ${index}`, purchases: index + Number(date.slice(-1)) }),
    ),
  );
  const settings = { PLATFORM_STAND_INS: `VIBE=${vibe.url}` };
  installation = await startInstallation('PostgreSQL', settings);
  crew = await startCrew(2, () => installation.startWorker());
  const calm = await beginVibeRun(installation, 'Calm');
  await calm.ended;
  undisturbed = await outcomeOf(installation, calm);
});
afterAll(async () => {
  await crew.stop();
  await installation.close();
  vibe.close();
});

/** The run came to what an undisturbed one comes to, by one report, and whoever watched saw it only go on. */
async function expectUndisturbed(run: VibeRun) {
  expect(await run.ended).toMatchObject({ status: 'SUCCEEDED' });
  expect(await outcomeOf(installation, run)).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    status: 'SUCCEEDED',
    rows: [{ facts: '1200', changes: '4', runs: '1', reports: '1', scratch: '0' }],
  });
  expect(vibe.made().filter(({ advertiserId }) => advertiserId === run.name)).toHaveLength(1);
  expectForward(run.seen);
}

test.each(['look', 'download'] as const)('a worker killed in the middle of a %s', async (at) => {
  vibe.behaviour.looksBeforeDone = 2;
  const before = vibe.seen[at];
  vibe.behaviour.hold = { at, until: new Promise(() => undefined) };
  const run = await beginVibeRun(installation, `Killed-at-${at}`);
  await until(`a ${at}`, async () => vibe.seen[at] > before);
  const killedAt = performance.now();
  await crew.kill([await workerOf(installation, run)]);
  vibe.behaviour.hold = null;
  await run.ended;
  noteRecovery(`vibe killed at ${at}`, killedAt);
  await expectUndisturbed(run);
});

test('all workers killed while a report is pending and none of them has the run', async () => {
  vibe.behaviour.instead = [{ to: 'look', status: 429, headers: { 'retry-after': '2' } }];
  const run = await beginVibeRun(installation, 'Killed-asleep');
  await until(
    'a run that waits',
    async () => run.seen.at(-1)?.status === 'QUEUED' && vibe.behaviour.instead.length === 0,
  );
  await crew.kill(crew.pids());
  await run.ended;
  await expectUndisturbed(run);
});
