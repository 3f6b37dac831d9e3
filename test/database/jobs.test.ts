import { z } from 'zod';
import { cancelJob } from '../../src/domain/job/cancel-job.ts';
import { scheduleDaily } from '../../src/domain/job/schedule-daily.ts';
import { endAttempt, holdFence } from '../../src/jobs/claim.ts';
import {
  type DoAll,
  defineJob,
  FinalJobError,
  type JobContext,
  type JobDefinition,
  LostLeaseError,
} from '../../src/jobs/define-job.ts';
import { createGathering } from '../../src/jobs/gather.ts';
import { watchJobRun } from '../../src/jobs/watch-job-run.ts';
import { type Agency, addClient, createAgency } from '../support/agency.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { queueBackends } from '../support/redis.ts';

let agency: Agency;
let rig: Awaited<ReturnType<typeof createJobRig>>;
/** What the jobs of a test do; each test sets its own. */
let behaviour: (context: JobContext) => Promise<void>;
let attempts: number;

const trial = defineJob({
  name: 'trial',
  queue: 'trials',
  payload: z.object({}),
  attempts: 3,
  timeoutMs: 20_000,
  backoffMs: 20,
  async process(_, context) {
    attempts += 1;
    await behaviour(context);
  },
}) as JobDefinition;
/** As a worker says which jobs it knows. */
const known = JSON.stringify({ trial: 1, hasty: 1 });
const hasty = { ...trial, name: 'hasty', timeoutMs: 50, attempts: 1 };

const untilAborted = ({ signal }: JobContext) =>
  new Promise<void>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
/** A promise and what settles it. */
const gate = () => Promise.withResolvers<void>();

describe.each(queueBackends)('the jobs core with its queue on %s', (queueOn) => {
  beforeAll(async () => {
    agency = await createAgency(queueOn);
  });
  afterAll(() => agency.close());
  beforeEach(async () => {
    attempts = 0;
    behaviour = async () => undefined;
    rig = await createJobRig(agency, [trial, hasty]);
  });
  afterEach(() => rig.close());

  test('a run that was written but never sent is sent by the sweeper, and done once', async () => {
    const id = await rig.add(trial, {});
    rig.startWorker();
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'SUCCEEDED', attempt: 1, fence: 1, delivery: 1 });
    expect(attempts).toBe(1);
  });

  test('a failure is tried again after a growing wait, and counted', async () => {
    behaviour = async () => {
      if (attempts < 3) throw new Error('secret detail');
    };
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'SUCCEEDED', attempt: 3, errorCode: null });
    // 20 ms, then 40 ms.
    const tookMs = Number(run.finishedAt) - Number(run.startedAt);
    expect(tookMs).toBeGreaterThanOrEqual(60);
  });

  test('a run that never succeeds fails after its attempts, without telling internals', async () => {
    behaviour = () => Promise.reject(new Error('secret detail'));
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'FAILED', attempt: 3, errorCode: 'INTERNAL_ERROR' });
    expect(run.errorMessage).not.toContain('secret');
  });

  test('a final failure is not tried again, and keeps its words', async () => {
    behaviour = () => Promise.reject(new FinalJobError('The file is broken', 'BAD_USER_INPUT'));
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    expect(await rig.ended(id)).toMatchObject({
      status: 'FAILED',
      attempt: 1,
      errorCode: 'BAD_USER_INPUT',
      errorMessage: 'The file is broken',
    });
  });

  test('a processor that hangs is ended by its time limit', async () => {
    behaviour = () => new Promise(() => undefined);
    const id = await rig.add(hasty, {});
    rig.startWorker();
    await rig.send(id);
    expect(await rig.ended(id)).toMatchObject({ status: 'FAILED', errorCode: 'TIMED_OUT' });
  });

  test('a waiting run is cancelled at once and never starts', async () => {
    const id = await rig.add(trial, {});
    const run = await agency.database.withTenant(agency.tenant, (em) =>
      cancelJob(em, agency.actor, id),
    );
    expect(run.status).toBe('CANCELLED');
    await rig.send(id);
    rig.startWorker();
    const marker = await rig.add(trial, {});
    await rig.send(marker);
    await rig.ended(marker);
    expect(attempts).toBe(1);
    expect((await rig.read(id)).status).toBe('CANCELLED');
  });

  test('a running job is cancelled at its next step, and its end is announced', async () => {
    const started = gate();
    behaviour = (context) => {
      started.resolve();
      return untilAborted(context);
    };
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    await started.promise;
    await agency.database.withTenant(agency.tenant, (em) => cancelJob(em, agency.actor, id));
    expect((await rig.ended(id)).status).toBe('CANCELLED');
  });

  test('the same delivery at two workers is worked on once', async () => {
    const id = await rig.add(trial, {});
    rig.startWorker();
    rig.startWorker();
    await Promise.all([rig.send(id), rig.send(id), rig.send(id)]);
    expect(await rig.ended(id)).toMatchObject({ status: 'SUCCEEDED', fence: 1 });
    expect(attempts).toBe(1);
  });

  test('a worker that lost its lease may not write, nor end the run', async () => {
    const id = await rig.add(trial, {});
    const claim = (lease: string) =>
      agency.database.call<{ fence: number }>('claim_job_run', id, 'w', lease, known);
    const [first] = await claim('-1 second');
    const [second] = await claim('1 hour');
    expect([first?.fence, second?.fence]).toEqual([1, 2]);
    const late = { id, fence: 1 };
    const write = (fn: Parameters<typeof agency.database.withTenant>[1]) =>
      agency.database.withTenant(agency.tenant, fn);
    await expect(write((em) => holdFence(em, late))).rejects.toThrow(/taken over/);
    await expect(write((em) => endAttempt(em, late, { status: 'SUCCEEDED' }))).rejects.toThrow(
      /taken over/,
    );
    expect((await rig.read(id)).status).toBe('RUNNING');
  });

  test('successes of one moment are written each at its own fence', async () => {
    const ids = [await rig.add(trial, {}), await rig.add(trial, {})];
    const [mine = '', taken = ''] = ids;
    const claim = (id: string, lease: string) =>
      agency.database.call('claim_job_run', id, 'w', lease, known);
    for (const id of ids) await claim(id, '-1 second');
    await claim(taken, '1 hour');
    const ended = await agency.database.call<{ id: string }>(
      ...(['succeed_job_runs', `{${ids.join(',')}}`, '{1,1}'] as const),
    );
    expect(ended.map(({ id }) => id)).toEqual([mine]);
    expect((await rig.read(mine)).status).toBe('SUCCEEDED');
    expect((await rig.read(taken)).status).toBe('RUNNING');
  });

  test('a run that is due in an hour is not taken up now, one by one or together', async () => {
    const id = await rig.add(trial, {});
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`update job_runs set run_at = now() + interval '1 hour' where id = ?`, [id]),
    );
    const { call } = agency.database;
    expect(await call('claim_job_run', id, 'w', '1 hour', known)).toEqual([]);
    expect(await call('claim_job_runs', 'trials', `{${id}}`, 'w', '1 hour', known)).toEqual([]);
  });

  test('a wish to end it that comes while an attempt fails is granted, and there is no next attempt', async () => {
    const id = await rig.add(trial, {});
    await agency.database.call('claim_job_run', id, 'w', '1 hour', known);
    const write = (fn: Parameters<typeof agency.database.withTenant>[1]) =>
      agency.database.withTenant(agency.tenant, fn);
    await write((em) => cancelJob(em, agency.actor, id));
    const failure = { errorCode: 'X', errorMessage: 'x', waitMs: 0, isCounted: true } as const;
    await write((em) => endAttempt(em, { id, fence: 1 }, { status: 'QUEUED', ...failure }));
    expect(await rig.read(id)).toMatchObject({ status: 'CANCELLED', errorCode: null });
  });

  test('a job that goes on after its run was taken over can write no more', async () => {
    const taken = gate();
    const outcome = gate();
    behaviour = async ({ write }) => {
      if (attempts > 1) return;
      // As a frozen worker would: the lease ends, and another claim comes, while this attempt is at it.
      // Its heartbeat may come between the two.
      for (let isTaken = false; !isTaken; ) {
        await agency.database.withTenant(agency.tenant, (em) =>
          em.execute(`update job_runs set lease_until = now() - interval '1 second' where id = ?`, [
            id,
          ]),
        );
        const claimed = await agency.database.call('claim_job_run', id, 'other', '1 hour', known);
        isTaken = claimed.length > 0;
      }
      taken.resolve();
      await write(async () => undefined).then(outcome.resolve, outcome.reject);
    };
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    await taken.promise;
    await expect(outcome.promise).rejects.toThrow(/taken over/);
  });

  test('a run that waits in the queue is not sent again, however long it waits', async () => {
    const id = await rig.add(trial, {});
    await rig.send(id);
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(
        `update job_runs set sent_at = now() - interval '1 hour',
      created_at = now() - interval '1 hour', run_at = now() - interval '1 hour' where id = ?`,
        [id],
      ),
    );
    await rig.sweep();
    expect((await rig.read(id)).delivery).toBe(1);
  });

  test('a schedule that cannot be read does not keep the others, or lost runs, waiting', async () => {
    const client = await addClient(agency, 'Broken schedule');
    const lost = await rig.add(trial, {});
    await agency.database.withTenant(agency.tenant, async (em) => {
      await scheduleDaily(
        em,
        { ...agency.tenant, clientId: client.id, timeZone: 'UTC' },
        'trial',
        {},
        '05:00',
      );
      await em.flush();
      await em.execute(`update schedules set next_run_at = now(), time_zone = 'Mars/Olympus'`);
      await em.execute(
        `update job_runs set created_at = now() - interval '1 hour',
      run_at = now() - interval '1 hour' where id = ?`,
        [lost],
      );
    });
    await rig.sweep();
    expect((await rig.read(lost)).delivery).toBe(1);
    await agency.database.withTenant(agency.tenant, (em) => em.execute('delete from schedules'));
  });

  test('a watcher that has seen the end listens no more', async () => {
    const stops: string[] = [];
    const announcer = {
      ...rig.options.announcer,
      listen: (onNotice: Parameters<typeof rig.options.announcer.listen>[0]) => {
        const stop = rig.options.announcer.listen(onNotice);
        return () => {
          stops.push('stopped');
          stop();
        };
      },
    };
    const id = await rig.add(trial, {});
    rig.startWorker();
    await rig.send(id);
    await rig.ended(id);
    for await (const state of watchJobRun(id, {
      announcer,
      read: () => rig.read(id),
      rereadMs: 100,
    })) {
      expect(state.status).toBe('SUCCEEDED');
    }
    expect(stops.length).toBeGreaterThan(0);
  });

  test('while a transaction holds the fence nobody can claim the run, but its lease can be renewed', async () => {
    const id = await rig.add(trial, {});
    await agency.database.call('claim_job_run', id, 'w', '-1 second', known);
    const claim = () => agency.database.call('claim_job_run', id, 'w2', '1 hour', known);
    const whileHeld = await agency.database.withTenant(agency.tenant, async (em) => {
      await holdFence(em, { id, fence: 1 });
      // Progress and the lease are written meanwhile.
      await agency.database.withTenant(agency.tenant, (other) =>
        other.execute('update job_runs set done = 1 where id = ?', [id]),
      );
      return claim();
    });
    expect(whileHeld).toEqual([]);
    expect(await claim()).toMatchObject([{ id, fence: 2 }]);
  });

  test('a run whose worker died is taken up by another, and given up after its attempts', async () => {
    const id = await rig.add(trial, {});
    await agency.database.call('claim_job_run', id, 'dead', '-1 second', known);
    rig.startWorker();
    expect(await rig.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempt: 2, fence: 2 });

    const poison = await rig.add(trial, {});
    for (let death = 0; death < 3; death++) {
      await agency.database.call('claim_job_run', poison, 'dead', '-1 second', known);
    }
    expect(await rig.ended(poison)).toMatchObject({ status: 'FAILED', errorCode: 'WORKER_LOST' });
  });

  test('a worker that stops hands back what takes too long, and that attempt does not count', async () => {
    const started = gate();
    behaviour = (context) => {
      started.resolve();
      return attempts === 1 ? untilAborted(context) : Promise.resolve();
    };
    const id = await rig.add(trial, {});
    const stopping = rig.startWorker();
    await rig.send(id);
    await started.promise;
    await stopping.close();
    expect(await rig.read(id)).toMatchObject({ status: 'QUEUED', attempt: 0 });
    rig.startWorker();
    expect(await rig.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
  });

  test('watchers see progress grow, through failures too, and the last report', async () => {
    behaviour = async ({ report }) => {
      report({ stage: 'LOAD', done: attempts === 1 ? 50 : 10, total: 100 });
      if (attempts === 1) throw new Error('half way');
      report({ stage: 'LOAD', done: 100, total: 100 });
    };
    const id = await rig.add(trial, {});
    rig.startWorker();
    const watching = rig.watch(id);
    await rig.send(id);
    const states = await watching;
    const done = states.map((state) => state.done ?? 0);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(states.at(-1)).toMatchObject({ status: 'SUCCEEDED', done: 100, total: 100 });
    const sequences = states.map((state) => state.sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
  });

  test('a schedule that is due makes one run, however many sweep, and is due again the next day', async () => {
    const client = await addClient(agency, 'Scheduled');
    await agency.database.withTenant(agency.tenant, async (em) => {
      const owner = { ...agency.tenant, clientId: client.id, timeZone: 'America/New_York' };
      await scheduleDaily(em, owner, 'trial', {}, '05:00');
      await em.flush();
      await em.execute(
        `update schedules set next_run_at = now() - interval '3 days' where job_name = 'trial'`,
      );
    });
    await Promise.all([rig.sweep(), rig.sweep(), rig.sweep()]);
    const { runs, schedule } = await agency.database.withTenant(agency.tenant, async (em) => ({
      runs: await em.execute<{ id: string }[]>('select id from job_runs where client_id = ?', [
        client.id,
      ]),
      schedule: (
        await em.execute<{ due: boolean }[]>(
          `select next_run_at between now() and now() + interval '25 hours' as due from schedules
           where job_name = 'trial'`,
        )
      )[0],
    }));
    expect(runs).toHaveLength(1);
    expect(schedule).toEqual({ due: true });
    rig.startWorker();
    expect((await rig.ended(runs[0]?.id ?? '')).status).toBe('SUCCEEDED');
  });

  test('jobs write together, and what one that was taken over asks for is left out', async () => {
    const claims = await Promise.all(
      [0, 1, 2].map(async () => ({ id: await rig.add(trial, {}), fence: 0 })),
    );
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`update job_runs set status = 'RUNNING' where id = any (?::uuid[])`, [
        `{${claims.map(({ id }) => id).join(',')}}`,
      ]),
    );
    const write = createGathering(agency.database, 'WRITE');
    const batches: (readonly number[])[] = [];
    const double: DoAll<number, number> = async (_, asked) => {
      batches.push(asked);
      return asked.map((each) => each * 2);
    };
    const { organizationId } = agency.tenant;
    const asks = claims.map((claim, index) =>
      write(double, {
        ...{ organizationId, asked: index },
        claim: index === 1 ? { ...claim, fence: 7 } : claim,
      }),
    );
    const [first, second, third] = await Promise.allSettled(asks);
    expect([first, third]).toMatchObject([{ value: 0 }, { value: 4 }]);
    expect(second).toMatchObject({ reason: expect.any(LostLeaseError) });
    expect(batches).toEqual([[0, 2]]);
  });
});
