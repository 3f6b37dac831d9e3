import { scheduleDaily } from '../../src/domain/job/schedule-daily.ts';
import type { StartedProcess } from '../../src/infra/child-process.ts';
import { addClient, createAgency } from '../support/agency.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { compiled, type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { queueBackends } from '../support/redis.ts';
import { shiftClock } from '../support/shift-clock.ts';
import { until } from '../support/until.ts';
import { expectUndisturbed } from './expect-undisturbed.ts';

const shiftMs = 10 * 60_000;
const withClock = (ms: number) => ({
  NODE_OPTIONS: `--import=${compiled('test/support/wrong-clock.js')}`,
  CLOCK_SHIFT_MS: String(ms),
});
const backOffMs = 2_000;
/** A claim takes what is due within a second, so that a delivery that comes a moment early is not lost. */
const claimedEarlyMs = 1_000;
/** A lease, a back-off of 2 s, and machines that are busy; far less than clocks are wrong by. */
const boundMs = 30_000;

// Where there is Redis, on it: what is delayed there waits by the clocks of processes.
describe.each(queueBackends.slice(-1))(
  'processes whose clocks are 20 minutes apart, on %s',
  (queueOn) => {
    let installation: Installation;
    let drill: Drill;
    /** What is left of the test before: its clock is wrong as the next one's first worker's is. */
    let left: StartedProcess<object>;

    beforeAll(async () => {
      installation = await startInstallation(queueOn, withClock(shiftMs));
      left = await startWorker(shiftMs);
      drill = await createDrill(installation, true);
    });
    afterAll(() => installation.close());

    const startWorker = (ms: number) => installation.startWorker({ settings: withClock(ms) });

    test.each([
      ['fast', 'slow', shiftMs],
      ['slow', 'fast', -shiftMs],
    ])(
      'an attempt that fails at the %s worker is made again by the %s one, in time',
      async (one, _, ms) => {
        const gate = await drill.gates.close('apply');
        const run = await drill.begin(`Fails at the ${one}`);
        const [session] = await gate.reached();
        const failedAt = performance.now();
        await drill.ask('select pg_terminate_backend($1)', session);
        await until(
          'the attempt has failed',
          async () => (await drill.jobRow(run.id)).status === 'QUEUED',
        );
        left.kill('SIGKILL');
        await gate.open();
        left = await startWorker(-ms);
        expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
        const tookMs = performance.now() - failedAt;
        noteRecovery(`failed by the ${one} clock (${queueOn})`, failedAt);
        expect(tookMs).toBeGreaterThan(backOffMs - claimedEarlyMs);
        expect(tookMs).toBeLessThan(boundMs);
        await expectUndisturbed(drill, [run]);
      },
    );

    test('a worker killed is missed as soon, and servers understand each other', async () => {
      const slowServer = await installation.startServer(withClock(-shiftMs));
      const gate = await drill.gates.close('stage');
      const run = await drill.begin('Killed by the fast', slowServer.api);
      await gate.reached();
      const slow = await startWorker(-shiftMs);
      const killedAt = performance.now();
      left.kill('SIGKILL');
      left = slow;
      await gate.open();
      expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
      noteRecovery(`killed by a fast clock (${queueOn})`, killedAt);
      expect(performance.now() - killedAt).toBeLessThan(boundMs);
      await expectUndisturbed(drill, [run], slowServer.api);
    });

    test('schedules that are due make one run each, whoever sweeps, and are due again in time', async () => {
      await startWorker(shiftMs);
      const [due] = await drill.ask<{ count: number }>(
        `with due as (
           update schedules set next_run_at = now() where job_name = 'start-scheduled-ingestion' returning 1
         ) select count(*)::int from due`,
      );
      const made = () =>
        drill.ask<{ count: number; ended: number; feeds: number }>(
          `select count(*)::int, count(finished_at)::int as ended, count(distinct payload)::int as feeds
         from job_runs where name = 'start-scheduled-ingestion'`,
        );
      const { count = 0 } = due ?? {};
      expect(count).toBeGreaterThan(0);
      await until('their runs have ended', async () => (await made())[0]?.ended === count);
      expect(await made()).toEqual([{ count, ended: count, feeds: count }]);
      const [late] = await drill.ask(
        `select count(*)::int from schedules
         where job_name = 'start-scheduled-ingestion'
           and next_run_at not between now() and now() + interval '25 hours'`,
      );
      expect(late).toEqual({ count: 0 });
    });
  },
);

test.each([
  ['fast', shiftMs, { atLeast: 3, atMost: 6 }],
  ['slow', -shiftMs, { atLeast: 24 * 60 - 7, atMost: 24 * 60 - 4 }],
])(
  'a daily schedule made by a %s clock is due when its time comes next',
  async (_, ms, minutes) => {
    const agency = await createAgency();
    const { id: clientId } = await addClient(agency);
    // Half way between the right time and the clock's.
    const at = new Date(Date.now() + ms / 2).toISOString().slice(11, 16);
    await agency.database.withTenant(agency.tenant, async (em) => {
      const correctClock = shiftClock(ms);
      const owner = { ...agency.tenant, clientId, timeZone: 'UTC' };
      await scheduleDaily(em, owner, 'any', {}, at).finally(correctClock);
      await em.flush();
      const [schedule] = await em.execute<{ minutes: number }[]>(
        `select (extract(epoch from next_run_at - now()) / 60)::float as minutes
         from schedules where job_name = 'any'`,
      );
      expect(schedule?.minutes).toBeGreaterThan(minutes.atLeast);
      expect(schedule?.minutes).toBeLessThan(minutes.atMost);
    });
    await agency.close();
  },
);
