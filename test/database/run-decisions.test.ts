import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { approveHeldRun } from '../../src/domain/ingestion/approve-held-run.ts';
import { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { revertRun } from '../../src/domain/ingestion/revert-run.ts';
import { pauseQueue, resumeQueue } from '../../src/domain/job/pause-queue.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { openDoors } from '../support/bi-doors.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

const day = '2026-02-02';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let feed: Feed;

beforeAll(async () => {
  agency = await createAgency();
  [graph, loader] = await Promise.all([createGraph(agency), createLoader(agency)]);
});
afterAll(async () => {
  await loader.close();
  await graph.close();
  await agency.close();
});
beforeEach(async () => {
  const client = await addClient(agency, `Client of ${expect.getState().currentTestName}`);
  feed = await addFeed(agency, client, { keyPattern: `${client.id}/{date}.csv` });
});

type Row = [creative: string, impressions: number, clicks?: number];

/** Put a file of a day where the feed finds it. */
function put(rows: Row[], date = day): Promise<unknown> {
  const lines = rows.map(([creative, impressions, clicks = 1]) =>
    surfsideRow({ creative, impressions, clicks, conversions: 0, revenue: 0 }),
  );
  return agency.bucket.put(`${feed.clientId}/${date}.csv`, surfsideFile(date, lines));
}

async function load(rows: Row[], trigger?: 'SCHEDULE') {
  await put(rows);
  return loader.load(feed, day, trigger);
}

const facts = async () =>
  (await loader.facts(feed, day)).map(({ creative, impressions }) => [
    creative,
    Number(impressions),
  ]);

const globalId = ({ id }: { id: string }) => toGlobalId('IngestionRun', id);

/** Decide on a run. @returns the error's code, or the run that comes of it, not yet loaded. */
async function decide(mutation: string, run: IngestionRun, key = '') {
  const given = key && `, idempotencyKey: "${key}"`;
  const text = `mutation { ${mutation}(id: "${globalId(run)}"${given}) { run { id status trigger originRun { id } } } }`;
  const { data, error } = await ask(graph, agency.actor, text);
  if (error) return { code: (error as { code?: string }).code ?? error, run: null as never };
  const { id } = data[mutation].run;
  const made = await agency.database.withTenant(agency.tenant, (em) =>
    em.findOneOrFail(IngestionRun, fromGlobalId('IngestionRun', id)),
  );
  return { code: undefined, told: data[mutation].run, run: made };
}

/** Decide on a run, and let nothing come of it until it is finished. */
function decideSlowly(decision: typeof approveHeldRun, run: IngestionRun): Promise<IngestionRun> {
  return agency.database.withTenant(agency.tenant, async (em) => {
    const made = await decision(em, agency.actor, run.id, (each) =>
      openOutbox(em).add(ingestFeed, { runId: each.id }, each),
    );
    await em.flush();
    await em.execute(`update job_runs set run_at = '9999-01-01' where id = ?`, [made.jobRunId]);
    return made;
  });
}

async function finishAtLast(run: IngestionRun) {
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('update job_runs set run_at = now() where id = ?', [run.jobRunId]),
  );
  return loader.finish(run);
}

const carryOut = async (mutation: string, run: IngestionRun) =>
  loader.finish((await decide(mutation, run)).run);

async function told(text: string) {
  const { data, error } = await ask(graph, agency.actor, text);
  if (error) throw error;
  return data;
}

describe('a revert', () => {
  const before: Row[] = [
    ['A', 1000],
    ['B', 2000],
  ];
  const after: Row[] = [
    ['A', 1500],
    ['C', 100],
  ];

  test('brings back what each day was before, and can be reverted itself', async () => {
    const first = await load(before);
    const second = await load(after);
    expect(second.slices).toMatchObject([
      { status: 'APPLIED', rowsInserted: 1, rowsUpdated: 1, rowsRemoved: 1 },
    ]);
    const reverted = await decide('revertRun', second.run, 'once');
    expect(reverted.told).toMatchObject({
      trigger: 'REVERT',
      originRun: { id: globalId(second.run) },
    });
    expect((await decide('revertRun', second.run, 'once')).run.id).toBe(reverted.run.id);
    const { slices } = await loader.finish(reverted.run);
    expect(slices).toMatchObject([
      { status: 'APPLIED', version: 3, rowsInserted: 1, rowsUpdated: 1, rowsRemoved: 1 },
    ]);
    expect(await facts()).toEqual(before);

    // The bucket still has the newer file: a schedule leaves it alone, and a newer one is taken up.
    const looked = await loader.load(feed, day, 'SCHEDULE');
    expect(looked.slices).toMatchObject([
      { status: 'UNCHANGED', reason: expect.stringContaining('decided against') },
    ]);
    await carryOut('revertRun', reverted.run);
    expect(await facts()).toEqual(after);
    expect(await decide('revertRun', second.run)).toMatchObject({ code: 'CONFLICT' });
    expect(await decide('revertRun', first.run)).toMatchObject({ code: 'CONFLICT' });
    const third = await load([...before, ['D', 1]], 'SCHEDULE');
    expect(third.slices).toMatchObject([{ status: 'APPLIED' }]);
    const causes = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute('select cause from fact_changes where feed_id = ? order by version', [feed.id]),
    );
    expect(causes.map(({ cause }) => cause)).toEqual([
      ...['INGESTION', 'INGESTION', 'REVERT', 'REVERT', 'INGESTION'],
    ]);
  });

  test('is told with its totals before and after', async () => {
    await load(before);
    const { run } = await load(after);
    const { ingestionRun } = await told(
      `{ ingestionRun(id: "${globalId(run)}") { report { rowsInserted rowsUpdated rowsRemoved
         totalsBefore { rows impressions spend } totalsAfter { rows impressions spend } } } }`,
    );
    // At 15 per 1,000: 3000 / 1000 x 15, and 1600 / 1000 x 15.
    expect(ingestionRun.report).toEqual({
      ...{ rowsInserted: 1, rowsUpdated: 1, rowsRemoved: 1 },
      totalsBefore: { rows: 2, impressions: 3000, spend: '45' },
      totalsAfter: { rows: 2, impressions: 1600, spend: '24' },
    });
  });

  test('changes nothing where a load was faster, and is refused where nothing can return', async () => {
    const first = await load(before);
    expect(await decide('revertRun', first.run)).toMatchObject({ code: 'CONFLICT' });
    const second = await load(after);
    const store = createObjectStore(agency.s3);
    const run = await decideSlowly(
      (em, actor, id, enqueue) => revertRun(em, actor, id, store, enqueue),
      second.run,
    );
    const third = await load([['A', 7000]]);
    expect((await finishAtLast(run)).slices).toMatchObject([
      { status: 'SUPERSEDED', reason: 'The day has moved on since.' },
    ]);
    expect(await facts()).toEqual([['A', 7000]]);

    const [object] = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ sha256: string }[]>('select sha256 from source_objects where id = ?', [
        second.slices[0]?.objectIds[0],
      ]),
    );
    await store.dropArchived(object?.sha256 ?? '');
    store.close();
    expect(await decide('revertRun', third.run)).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('what is held', () => {
  const full: Row[] = [
    ['A', 1000],
    ['B', 1000],
    ['C', 1000],
  ];

  test('is discarded: the day stays, and schedules leave the file alone', async () => {
    await load(full);
    const { run } = await load([['A', 1]]);
    expect(run.outcome).toBe('HELD');
    expect((await decide('discardHeldRun', run, 'no')).told).toMatchObject({ status: 'DISCARDED' });
    expect((await decide('discardHeldRun', run, 'no')).code).toBeUndefined();
    for (const again of ['discardHeldRun', 'approveHeldRun']) {
      expect(await decide(again, run)).toMatchObject({ code: 'CONFLICT' });
    }
    expect(await facts()).toEqual(full);
    const { slices } = await loader.load(feed, day, 'SCHEDULE');
    expect(slices).toMatchObject([{ status: 'UNCHANGED' }]);
    expect((await loader.load(feed, day)).run.outcome).toBe('HELD');
  });

  test('is not applied over a newer file, however it was approved before', async () => {
    await load(full);
    const { run } = await load([['A', 1]]);
    const approval = await decideSlowly(approveHeldRun, run);
    expect(await decide('discardHeldRun', run)).toMatchObject({ code: 'CONFLICT' });
    await load([...full, ['D', 5]]);
    expect((await finishAtLast(approval)).slices).toMatchObject([{ status: 'SUPERSEDED' }]);
    expect(await facts()).toEqual([...full, ['D', 5]]);
  });
});

describe('rejected rows', () => {
  const file: Row[] = [
    ['A', 1000],
    ['A2', 500],
    ['B', 10, 20],
    ['=C', 30],
  ];

  async function download(run: IngestionRun): Promise<string> {
    const doors = await openDoors(agency);
    const { status, body } = await doors.get(
      `rejected-rows.csv?runId=${globalId(run)}`,
      await doors.createToken(),
    );
    await doors.close();
    expect(status).toBe(200);
    return body.toString();
  }
  async function resubmit(run: IngestionRun, csv: string) {
    const text =
      'mutation ($input: ResubmitRejectsInput!) { resubmitRejects(input: $input) { run { id } } }';
    const input = { runId: globalId(run), csv };
    const { data, error } = await ask(graph, agency.actor, text, { input });
    if (error) throw error;
    const id = fromGlobalId('IngestionRun', data.resubmitRejects.run.id);
    return loader.finish(
      await agency.database.withTenant(agency.tenant, (em) => em.findOneOrFail(IngestionRun, id)),
    );
  }

  test('are downloaded, corrected and sent back, and part of the day until a newer file comes', async () => {
    const { run } = await load(file);
    const csv = await download(run);
    const [header, wrong, formula] = csv.trim().split('\n');
    expect(header).toMatch(
      /^file,line,reasons,date,campaign,strategy,placement,creative,impressions,/,
    );
    expect(wrong).toContain('clicks (20) exceed impressions (10)');
    expect(formula).toContain(",'=C,30,");

    const one = await resubmit(run, `${header}\n${wrong?.replace(',10,20,', ',10,2,')}\n`);
    expect(one.slices).toMatchObject([{ status: 'APPLIED', rowsRead: 4, rowsRejected: 1 }]);
    expect(await facts()).toEqual([
      ['A', 1000],
      ['A2', 500],
      ['B', 10],
    ]);
    const both = `${header}\n${wrong}\n${formula}\n`;
    await expect(resubmit(run, both)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(resubmit(one.run, both)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });

    // What is still rejected is corrected on top.
    const left = (await download(one.run)).trim().split('\n');
    expect(left).toHaveLength(2);
    const two = await resubmit(one.run, left.join('\n').replace("'=C", 'C'));
    expect(two.slices).toMatchObject([{ status: 'APPLIED', rowsRejected: 0 }]);
    const whole = [
      ['A', 1000],
      ['A2', 500],
      ['B', 10],
      ['C', 30],
    ];
    expect(await facts()).toEqual(whole);
    for (const trigger of ['MANUAL', 'SCHEDULE'] as const) {
      expect((await loader.load(feed, day, trigger)).slices).toMatchObject([
        { status: 'UNCHANGED' },
      ]);
    }
    await carryOut('revertRun', two.run);
    expect(await facts()).toEqual(whole.slice(0, 3));
    await load([
      ['A', 900],
      ['B', 11],
    ]);
    expect(await facts()).toEqual([
      ['A', 900],
      ['B', 11],
    ]);
  });

  test('that cannot be taken are refused with what is wrong with them', async () => {
    const { run } = await load(file);
    const key = `${feed.clientId}/${day}.csv`;
    for (const [csv, reason] of [
      ['', 'The columns file, line, date are missing'],
      ['file,line,date\n', '1 to 5000 rows'],
      [`file,line,date\n${key},2,${day}\n`, 'rejected no line 2'],
      [`file,line,date\n${key},x,${day}\n`, 'does not say which file and line'],
      [`file,line,date\n${key},4,${day}\n${key},4,${day}\n`, 'the same line'],
      [`file,line,date\n"${key},4,${day}\n`, 'quote'],
    ]) {
      await expect(resubmit(run, csv ?? '')).rejects.toMatchObject({
        ...{ code: 'BAD_USER_INPUT', message: expect.stringContaining(reason ?? '') },
      });
    }
    // A correction that breaks a rule is a reject again, under the line that it stands for.
    const again = await resubmit(run, `file,line,date,campaign\n${key},4,${day},Brand\n`);
    expect(again.slices).toMatchObject([{ status: 'UNCHANGED', rowsRejected: 2 }]);
    expect(await download(again.run)).toContain('strategy is missing');
  });
});

test('a run is tried again for just the days that it did not load', async () => {
  await put([['A', 1000]]);
  const { run } = await loader.load(feed, { from: day, to: '2026-02-03' });
  expect(run.outcome).toBe('PARTIAL');
  await put([['A', 500]], '2026-02-03');
  const retry = await carryOut('retryRun', run);
  expect(retry.run).toMatchObject({
    trigger: 'RETRY',
    fromDate: '2026-02-03',
    outcome: 'SUCCEEDED',
  });
  expect(retry.slices).toHaveLength(1);
  expect(await decide('retryRun', retry.run)).toMatchObject({ code: 'CONFLICT' });

  await agency.bucket.put(`${feed.clientId}/2026-02-04.csv`, 'no table\n');
  const failed = await loader.load(feed, '2026-02-04');
  expect(failed.job.status).toBe('FAILED');
  await put([['A', 1]], '2026-02-04');
  const mended = await carryOut('retryRun', failed.run);
  expect(mended.run).toMatchObject({ id: failed.run.id, outcome: 'SUCCEEDED' });
});

test('runs are found by what they are, and resolved with a note', async () => {
  await load([
    ['A', 1000],
    ['B', 1000],
    ['C', 1000],
  ]);
  const { run } = await load([['A', 1]]);
  const list = async (filter: string) => {
    const own = `feedId: "${toGlobalId('Feed', feed.id)}"`;
    const text = `{ ingestionRuns(filter: { ${own}, ${filter} }) { nodes { id } } }`;
    return (await told(text)).ingestionRuns.nodes.map(({ id }: { id: string }) => id);
  };
  const clientId = toGlobalId('Client', feed.clientId);
  for (const [filter, count] of [
    [`clientId: "${clientId}", source: "SURFSIDE"`, 2],
    ['source: "VIBE"', 0],
    ['statuses: [SUCCEEDED]', 1],
    ['statuses: [HELD, FAILED]', 1],
    ['triggers: [SCHEDULE]', 0],
    [`days: { from: "2026-02-01", to: "${day}" }`, 2],
    ['days: { from: "2026-02-03", to: "2026-02-04" }', 0],
    ['createdFrom: "2100-01-01T00:00:00Z"', 0],
    ['createdBefore: "2100-01-01T00:00:00Z", isResolved: false', 2],
  ] as const) {
    expect([filter, await list(filter)]).toEqual([filter, expect.any(Array)]);
    expect([filter, (await list(filter)).length]).toEqual([filter, count]);
  }
  const resolve = (note: string) =>
    told(
      `mutation { resolveRun(input: { runId: "${globalId(run)}", note: "${note}" }) {
         run { resolvedAt resolvedBy resolutionNote } } }`,
    );
  await expect(resolve(' ')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  expect((await resolve('Short, as they said')).resolveRun.run).toEqual({
    resolvedAt: expect.any(String),
    resolvedBy: toGlobalId('User', agency.actor.userId ?? ''),
    resolutionNote: 'Short, as they said',
  });
  expect(await list('isResolved: true')).toEqual([globalId(run)]);
});

test('a backfill waits while it is paused, ends when it is done, and can be cancelled', async () => {
  for (const date of ['2026-01-01', '2026-01-02', '2026-01-03']) await put([['A', 1000]], date);
  const feedId = toGlobalId('Feed', feed.id);
  const selected =
    'backfill { id daysSkipped progress { status runs runsEnded days daysDone secondsLeft } }';
  const begin = async (to: string, more = '') => {
    const range = `range: { from: "2026-01-01", to: "${to}" }, chunkDays: 2`;
    const input = `{ feedId: "${feedId}", ${range} ${more} }`;
    return (await told(`mutation { backfill(input: ${input}) { ${selected} } }`)).backfill.backfill;
  };
  const steer = async (mutation: string, id: string) =>
    (await told(`mutation { ${mutation}(id: "${id}") { ${selected} } }`))[mutation].backfill;
  const { tenant, actor, database } = agency;
  const holdQueue = () =>
    database.withTenant(tenant, (em) => pauseQueue(em, actor, 'ingestion', 'A test'));
  const letQueueGo = () => database.withTenant(tenant, (em) => resumeQueue(em, actor, 'ingestion'));

  await holdQueue();
  const { id } = await begin('2026-01-03', 'idempotencyKey: "b"');
  expect((await begin('2026-01-03', 'idempotencyKey: "b"')).id).toBe(id);
  const paused = { status: 'PAUSED', runs: 2, days: 3, daysDone: 0 };
  expect((await steer('pauseBackfill', id)).progress).toMatchObject(paused);
  await letQueueGo();
  const runs = await database.withTenant(tenant, (em) =>
    em.find(IngestionRun, { feedId: feed.id }),
  );
  for (const { jobRunId } of runs) await loader.rig.send(jobRunId ?? '');
  await loader.rig.sweep();
  expect((await steer('pauseBackfill', id)).progress).toMatchObject(paused);

  await steer('resumeBackfill', id);
  for (const run of runs) {
    const { job } = await loader.finish(run);
    expect(job).toMatchObject({ status: 'SUCCEEDED', priority: 0 });
  }
  const finished = { status: 'FINISHED', runsEnded: 2, daysDone: 3, secondsLeft: null };
  expect((await steer('resumeBackfill', id)).progress).toMatchObject(finished);
  const again = await begin('2026-01-03');
  expect(again).toMatchObject({ daysSkipped: 3, progress: { status: 'FINISHED', runs: 0 } });

  await holdQueue();
  const third = await begin('2026-01-03', 'again: true');
  expect(third.progress).toMatchObject({ status: 'RUNNING', secondsLeft: expect.any(Number) });
  await database.withTenant(tenant, (em) =>
    em.execute(
      `update run_slices set finished_at = now()
       where date = '2026-01-01' and run_id in (select id from ingestion_runs where backfill_id = ?)`,
      [fromGlobalId('Backfill', third.id)],
    ),
  );
  const underWay = await told(
    `{ node(id: "${third.id}") { ... on Backfill { progress { daysDone runsEnded } } } }`,
  );
  expect(underWay.node.progress).toEqual({ daysDone: 1, runsEnded: 0 });
  const cancelled = { status: 'CANCELLED', runsEnded: 2 };
  expect((await steer('cancelBackfill', third.id)).progress).toMatchObject(cancelled);
  await expect(steer('resumeBackfill', third.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  await letQueueGo();
  await expect(begin('2035-01-01')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
