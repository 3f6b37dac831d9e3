import { z } from 'zod';
import type { Tenant } from '../../src/domain/identity/viewer.ts';
import { listQueues } from '../../src/domain/job/list-queues.ts';
import { listWorkers } from '../../src/domain/job/list-workers.ts';
import { pauseQueue, resumeQueue } from '../../src/domain/job/pause-queue.ts';
import { requeueJob } from '../../src/domain/job/requeue-job.ts';
import { setJobPriority } from '../../src/domain/job/set-job-priority.ts';
import { defineJob, type JobDefinition } from '../../src/jobs/define-job.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { queueBackends } from '../support/redis.ts';
import { runAs } from '../support/test-services.ts';

/** What one job does is said by its number; each test sets its own. */
let behaviour: (number: number, organizationId: string) => Promise<void>;

const numbered = defineJob({
  name: 'numbered',
  queue: 'trials',
  payload: z.object({ number: z.number() }),
  attempts: 2,
  timeoutMs: 20_000,
  backoffMs: 20,
  process: ({ number }, { tenant }) => behaviour(number, tenant.organizationId),
});
const definitions = [numbered as unknown as JobDefinition];

describe.each(queueBackends)('queues on %s', (queueOn) => {
  let agency: Agency;
  let other: Tenant;
  let rig: Awaited<ReturnType<typeof createJobRig>>;
  let started: { number: number; organizationId: string }[];

  beforeAll(async () => {
    agency = await createAgency(queueOn);
    other = await addOrganization(agency, {
      email: 'other@agency.example',
      password: 'correct horse battery',
    });
  });
  afterAll(() => agency.close());
  beforeEach(async () => {
    started = [];
    behaviour = async (number, organizationId) => {
      started.push({ number, organizationId });
    };
    rig = await createJobRig(agency, definitions);
  });
  afterEach(() => rig.close());

  const write: typeof agency.database.withTenant = (tenant, fn) =>
    agency.database.withTenant(tenant, fn);
  const add = async (number: number, owner: Tenant = agency.tenant, priority = 5) =>
    rig.add(numbered, { number }, { organizationId: owner.organizationId, priority });
  const addAndSend = async (...given: Parameters<typeof add>) => {
    const id = await add(...given);
    await rig.send(id);
    return id;
  };
  const endOfAll = (owner: Tenant, ids: string[]) =>
    Promise.all(ids.map((id) => rig.ended(id, owner)));

  test('a flood of one organization does not keep another waiting', async () => {
    const flood: string[] = [];
    for (let number = 0; number < 40; number++) flood.push(await addAndSend(number));
    const few: string[] = [];
    for (let number = 0; number < 3; number++) few.push(await addAndSend(number, other));
    rig.startWorker(1);
    await endOfAll(other, few);
    await endOfAll(agency.tenant, flood);
    const places = started.flatMap(({ organizationId }, place) =>
      organizationId === other.organizationId ? [place] : [],
    );
    // In turns: with one worker, each waits for one job of the flood at most.
    expect(places).toHaveLength(3);
    expect(Math.max(...places)).toBeLessThanOrEqual(5);
    expect(started).toHaveLength(43);
  });

  test('the more urgent of an organization goes first, and a waiting job can be moved', async () => {
    const ids = [await add(1), await add(2), await add(3), await add(4, agency.tenant, 9)];
    const [, , third = ''] = ids;
    const moved = await write(agency.tenant, (em) => setJobPriority(em, agency.actor, third, 10));
    expect(moved.priority).toBe(10);
    for (const id of ids) await rig.send(id);
    rig.startWorker(1);
    await endOfAll(agency.tenant, ids);
    expect(started.map(({ number }) => number).slice(0, 2)).toEqual([3, 4]);
    expect(started).toHaveLength(4);
    await expect(
      write(agency.tenant, (em) => setJobPriority(em, agency.actor, third, 1)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test("a paused queue takes up nothing of its organization's, others go on, and resuming loses nothing", async () => {
    await write(agency.tenant, (em) => pauseQueue(em, agency.actor, 'trials', 'moving house'));
    rig.startWorker();
    const held = [await addAndSend(1), await addAndSend(2)];
    const free = await addAndSend(3, other);
    await rig.ended(free, other);
    await rig.sweep();
    const [state] = await write(agency.tenant, (em) => listQueues(em, ['trials']));
    expect(state).toMatchObject({
      waiting: 2,
      pauseReason: 'moving house',
      isPausedByOperator: false,
    });
    expect(started).toHaveLength(1);
    const due = await write(agency.tenant, (em) => resumeQueue(em, agency.actor, 'trials'));
    expect(new Set(due)).toEqual(new Set(held));
    for (const id of due) await rig.send(id);
    await endOfAll(agency.tenant, held);
    expect(started).toHaveLength(3);
  });

  test("an operator's halt hands back what runs, and what is resumed runs to its end", async () => {
    const begun = Promise.withResolvers<void>();
    behaviour = async (number, organizationId) => {
      started.push({ number, organizationId });
      begun.resolve();
      if (started.length === 1) await new Promise(() => undefined);
    };
    const id = await addAndSend(1);
    rig.startWorker();
    await begun.promise;
    const { ownerUrl } = agency.urls;
    await runAs(ownerUrl, `select pause_queue('*', 'emergency', true)`);
    await rig.until(id, ({ status }) => status === 'QUEUED');
    const [state] = await write(agency.tenant, (em) => listQueues(em, ['trials']));
    expect(state).toMatchObject({ pauseReason: 'emergency', isPausedByOperator: true });
    await runAs(ownerUrl, `select resume_queue('*')`);
    // It had been handed back unharmed: the attempt does not count. The sweeper sends it again.
    expect(await rig.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempt: 1, failures: 0 });
  });

  test('a dead letter keeps its reason, and is replayed with all its attempts', async () => {
    behaviour = () => Promise.reject(new Error('out of order'));
    const id = await addAndSend(1);
    rig.startWorker();
    expect(await rig.ended(id)).toMatchObject({ status: 'FAILED', attempt: 2 });
    behaviour = async () => undefined;
    const requeued = await write(agency.tenant, (em) => requeueJob(em, agency.actor, id));
    expect(requeued).toMatchObject({ status: 'QUEUED', attempt: 0, errorCode: null });
    await rig.send(id);
    expect(await rig.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
    await expect(
      write(agency.tenant, (em) => requeueJob(em, agency.actor, id)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(write(other, (em) => requeueJob(em, agency.actor, id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a payload that no version reads is set aside with the reason; a newer one waits for its version', async () => {
    const [old, future] = [await add(1), await add(2)];
    await write(agency.tenant, async (em) => {
      await em.execute(`update job_runs set payload = '{"count": 1}' where id = ?`, [old]);
      await em.execute('update job_runs set payload_version = 2 where id = ?', [future]);
    });
    const worker = rig.startWorker();
    await rig.send(old);
    await rig.send(future);
    expect(await rig.ended(old)).toMatchObject({
      status: 'FAILED',
      attempt: 1,
      errorCode: 'PAYLOAD_UNREADABLE',
      errorMessage: expect.stringContaining('number: '),
    });
    const marker = await addAndSend(3);
    await rig.ended(marker);
    expect(await rig.read(future)).toMatchObject({ status: 'QUEUED', attempt: 0 });
    expect(started.map(({ number }) => number)).toEqual([3]);

    await worker.close();
    const newer = { ...numbered, payloadVersion: 2 } as unknown as JobDefinition;
    const upgraded = await createJobRig(agency, [newer]);
    upgraded.startWorker();
    expect((await rig.ended(future)).status).toBe('SUCCEEDED');
    await upgraded.close();
  });

  test('of runs that have cost a worker its life, a worker takes up one at a time', async () => {
    const suspects = [await add(1), await add(2)];
    const claim = (id: string, by: string, lease: string) =>
      agency.database.call<{ id: string; deaths: number }>(
        ...(['claim_job_run', id, by, lease, JSON.stringify({ numbered: 1 })] as const),
      );
    const [first = '', second = ''] = suspects;
    // Stopped by one accident, both go on at once; after the second, one beside the other no more.
    for (const worker of ['dead', 'dead too']) {
      for (const id of suspects) expect(await claim(id, worker, '-1 second')).toHaveLength(1);
    }
    expect(await claim(first, 'next', '1 hour')).toMatchObject([{ deaths: 2 }]);
    expect(await claim(second, 'next', '1 hour')).toEqual([]);
    expect(await claim(second, 'another', '1 hour')).toMatchObject([{ deaths: 2 }]);
  });

  test('workers show that they live, what they run, and that they stopped or were lost', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    behaviour = () => {
      begun.resolve();
      return end.promise;
    };
    const worker = rig.startWorker();
    const mine = await addAndSend(1);
    await begun.promise;
    const list = (tenant: Tenant) => write(tenant, (em) => listWorkers(em));
    const running = (await list(agency.tenant)).find(({ status }) => status === 'ALIVE');
    expect(running).toMatchObject({ version: 'test', queues: ['trials'], concurrency: 4 });
    expect(running?.jobRuns.map(({ id }) => id)).toEqual([mine]);
    expect((await list(other)).flatMap(({ jobRuns }) => jobRuns)).toEqual([]);
    end.resolve();
    await worker.close();
    const states = await list(agency.tenant);
    expect(states.find(({ name }) => name === running?.name)?.status).toBe('STOPPED');

    await agency.database.call('beat_worker', 'ghost', 'host', 1, '0', '{trials}', 1);
    await runAs(
      agency.urls.superuserUrl,
      `update operations.workers set last_beat_at = now() - interval '1 hour' where name = 'ghost'`,
    );
    await rig.sweep();
    const ghost = (await list(agency.tenant)).find(({ name }) => name === 'ghost');
    expect(ghost?.status).toBe('LOST');
  });
});
