import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { approveHeldRun } from '../../src/domain/ingestion/approve-held-run.ts';
import type { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { startIngestion } from '../../src/domain/ingestion/start-ingestion.ts';
import { PlatformCredential } from '../../src/domain/platform-credential/platform-credential.entity.ts';
import { updatePlatformCredential } from '../../src/domain/platform-credential/update-platform-credential.ts';
import type { ReportPlatforms } from '../../src/domain/report/report-platform.ts';
import { ReportRequest } from '../../src/domain/report/report-request.entity.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { retryJob } from '../../src/jobs/retry-job.ts';
import { type Agency, addClient, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';
import { addCredential, addVibeFeed, connectVibe, vibeSecret } from '../support/vibe/vibe-feed.ts';
import { vibeRow } from '../support/vibe/vibe-report.ts';
import { type FakeVibe, startVibe } from '../support/vibe/vibe-server.ts';

const days = { from: '2026-10-05', to: '2026-10-07' };

let agency: Agency;
let vibe: FakeVibe;
let platforms: ReturnType<typeof connectVibe>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let credential: PlatformCredential;
let feed: Feed;
let clients = 0;

beforeAll(async () => {
  agency = await createAgency();
  vibe = await startVibe(vibeSecret, () => [vibeRow(), vibeRow({ creative: 'Spot 15 s' })]);
  platforms = connectVibe(vibe.url);
  loader = await createLoader(agency, undefined, shortReports(platforms.platforms));
});
afterAll(async () => {
  await loader.close();
  await platforms.close();
  vibe.close();
  await agency.close();
});

beforeEach(async () => {
  vibe.reset();
  clients += 1;
  const client = await addClient(agency, `Client ${clients}`);
  credential = await addCredential(agency, client);
  feed = await addVibeFeed(agency, client, credential);
});

/** Reports of at most four days, so that a few days are many of them. */
function shortReports(all: ReportPlatforms): ReportPlatforms {
  return new Map([...all].map(([source, platform]) => [source, { ...platform, mostDays: 4 }]));
}

const reportsOf = ({ id }: IngestionRun) =>
  agency.database.withTenant(agency.tenant, (em) =>
    em.find(ReportRequest, { runId: id }, { orderBy: { fromDate: 'asc' } }),
  );
const credentialNow = () =>
  agency.database.withTenant(agency.tenant, (em) =>
    em.findOneOrFail(PlatformCredential, credential.id),
  );
const ask = (sql: string, ...values: unknown[]) =>
  runAs<Record<string, string>>(agency.urls.superuserUrl, sql, values);
const facts = (date: string, of = feed) =>
  ask(
    `select p.name as placement, c.name as creative, f.* from daily_metrics f
     join creatives c on c.id = f.creative_id join placements p on p.id = c.placement_id
     where f.feed_id = $1 and f.date = $2 order by c.name desc`,
    ...[of.id, date],
  );

/** Start a run, and leave it to its worker. */
const start = async (of = feed, range = days) => {
  const run = await agency.database.withTenant(agency.tenant, (em) => {
    const request = { feedId: of.id, range, trigger: 'MANUAL' } as const;
    return startIngestion(em, agency.tenant, request, (made) =>
      openOutbox(em).add(ingestFeed, { runId: made.id }, made),
    );
  });
  await loader.rig.send(run.jobRunId ?? '');
  return run;
};
/** Have a run that waits go on at once. */
const wake = async ({ id, jobRunId }: IngestionRun) => {
  await ask('update report_requests set next_at = now() where run_id = $1', id);
  await ask('update job_runs set run_at = now() where id = $1', jobRunId);
  await loader.rig.send(jobRunId ?? '');
};
/** Start a run whose report waits for an hour, until it is woken. */
const startAsleep = async () => {
  vibe.behaviour.instead = [{ to: 'look', status: 429, headers: { 'retry-after': '3600' } }];
  const run = await start();
  await untilAsleep(run);
  return run;
};
const untilAsleep = ({ jobRunId }: IngestionRun) =>
  until('a run that waits', async () => {
    const { status, runAt } = await loader.rig.read(jobRunId ?? '');
    return status === 'QUEUED' && runAt.getTime() > Date.now() + 60_000;
  });
const retry = async (run: IngestionRun) => {
  await agency.database.withTenant(agency.tenant, (em) =>
    retryJob(em, null, openOutbox(em), run.jobRunId ?? ''),
  );
  return loader.finish(run);
};

test('days are one report, made while no worker waits, and loaded with what Vibe reports', async () => {
  vibe.behaviour.looksBeforeDone = 2;
  const run = await start();
  const states = await loader.rig.watch(run.jobRunId ?? '');
  expect(states.at(-1)).toMatchObject({ status: 'SUCCEEDED', attempt: 1, stage: 'LOAD' });
  expect(states.filter(({ status }) => status === 'QUEUED').length).toBeGreaterThan(2);
  const [report, ...others] = await reportsOf(run);
  expect(others).toEqual([]);
  expect(report).toMatchObject({ ...{ fromDate: days.from, toDate: days.to }, polls: 2 });
  expect(report).toMatchObject({ state: 'FETCHED', creations: 1 });
  // The API's last day is not in the report: this one's is.
  expect(vibe.made()).toMatchObject([{ advertiserId: 'advertiser-Vibe', ...days }]);
  const [row] = await facts(days.to);
  expect(row).toMatchObject({
    ...{ placement: 'Sports TV', creative: 'Spot 30 s', impressions: '1000', clicks: null },
    ...{ conversions: '40.000000000', revenue: '1200.250000000', media_cost: '25.500000000' },
    ...{ completed_views: '900', reach: '700', spend: '15.000000000' },
  });
  expect(await credentialNow()).toMatchObject({ status: 'WORKING', budgetLeft: 14 });
});

test('the other API is asked in its own words, and its clicks are taken', async () => {
  await agency.database.withTenant(agency.tenant, (em) => {
    const services = { platforms: platforms.platforms, cipher: agency.cipher };
    const changes = { dialect: 'STANDARD' };
    return updatePlatformCredential(em, agency.actor, services, credential.id, changes);
  });
  const { run, slices } = await loader.load(feed, days);
  expect(run.outcome).toBe('SUCCEEDED');
  expect(slices.map(({ warnings }) => warnings)).toContainEqual({ CONVERSIONS_EXCEED_CLICKS: 2 });
  expect(vibe.made()).toMatchObject([days]);
  expect((await facts(days.from))[0]).toMatchObject({
    clicks: '10',
    media_cost: null,
    reach: null,
  });
});

test('days that Vibe restates are replaced, also by what they were before', async () => {
  await loader.load(feed, days);
  const statuses = async () => {
    const { slices } = await loader.load(feed, days);
    return slices.map(({ status }) => status);
  };
  expect(await statuses()).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
  const { rowsOf } = vibe.behaviour;
  vibe.behaviour.rowsOf = (date, id) =>
    rowsOf(date, id).map((row) => ({ ...row, purchases: date === days.to ? 50 : row.purchases }));
  expect(await statuses()).toEqual(['UNCHANGED', 'UNCHANGED', 'APPLIED']);
  vibe.behaviour.rowsOf = rowsOf;
  expect(await statuses()).toEqual(['UNCHANGED', 'UNCHANGED', 'APPLIED']);
  expect((await facts(days.to))[0]).toMatchObject({ conversions: '40.000000000' });
});

test('days without rows are gaps, and days that lost theirs wait for an admin', async () => {
  await loader.load(feed, days);
  vibe.behaviour.rowsOf = (date) => (date === '2026-10-05' ? [vibeRow()] : []);
  const range = { from: '2026-10-05', to: '2026-10-08' };
  const { run, slices } = await loader.load(feed, range);
  expect(slices.map(({ status }) => status)).toEqual(['APPLIED', 'HELD', 'HELD', 'MISSING']);
  const approval = await agency.database.withTenant(agency.tenant, (em) =>
    approveHeldRun(em, agency.actor, run.id, (made) =>
      openOutbox(em).add(ingestFeed, { runId: made.id }, made),
    ),
  );
  const approved = await loader.finish(approval);
  expect(approved.slices.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
  expect([await facts('2026-10-06'), vibe.seen.create]).toEqual([[], 2]);
});

test('days that are too many for one report are several, each asked for once', async () => {
  const { run, slices } = await loader.load(feed, { from: '2026-10-01', to: '2026-10-09' });
  expect([run.outcome, slices.length, vibe.seen.create]).toEqual(['SUCCEEDED', 9, 3]);
  expect(vibe.made().map(({ from, to }) => [from, to])).toEqual([
    ['2026-10-01', '2026-10-04'],
    ['2026-10-05', '2026-10-08'],
    ['2026-10-09', '2026-10-09'],
  ]);
});

test('calls that fail, or are too many, and addresses that have expired, are made again for the same report', async () => {
  vibe.behaviour.instead = [
    { to: 'create', status: 429 },
    { to: 'create', status: 429, headers: { 'retry-after': '0' } },
    { to: 'look', status: 500 },
    { to: 'look', status: 503 },
    { to: 'look', status: 429 },
    { to: 'look', status: 429, headers: { 'retry-after': '0' } },
    { to: 'download', status: 403 },
    { to: 'download', status: 500 },
  ];
  const { job, run } = await loader.load(feed, days);
  expect([job.attempt, run.outcome, vibe.seen.create]).toEqual([1, 'SUCCEEDED', 3]);
  expect(vibe.made()).toHaveLength(1);
  expect((await credentialNow()).failures).toBe(0);
  const runs = await ask('select from ingestion_runs where feed_id = $1', feed.id);
  expect(runs).toHaveLength(1);
  // What an undisturbed run finds is what is there.
  const { slices } = await loader.load(feed, days);
  expect(slices.map(({ status, version }) => [status, version])).toEqual([
    ['UNCHANGED', 1],
    ['UNCHANGED', 1],
    ['UNCHANGED', 1],
  ]);
});

test('a platform that does not answer fails the run, which goes on with its report when tried again', async () => {
  vibe.behaviour.instead = Array.from({ length: 4 }, () => ({ to: 'look', status: 500 }) as const);
  const { job, run, slices } = await loader.load(feed, days);
  expect(job).toMatchObject({ status: 'FAILED', errorCode: 'UPSTREAM_FAILED', failures: 0 });
  expect(job.errorMessage).toBe('Vibe failed (500) (4 times in a row)');
  expect(slices.map(({ status }) => status)).toEqual(['FAILED', 'FAILED', 'FAILED']);
  const again = await retry(run);
  expect([again.run.outcome, vibe.seen.create]).toEqual(['SUCCEEDED', 1]);
});

test('five failures end the asking for all who share the credential; then one finds out', async () => {
  await ask('update platform_credentials set failures = 3 where id = $1', credential.id);
  vibe.behaviour.instead = [
    { to: 'create', status: 502 },
    { to: 'create', status: 502 },
  ];
  const client = await addClient(agency, `Beside ${clients}`);
  const other = await addVibeFeed(agency, client, await addCredential(agency, client));
  const runs = [await start()];
  await until('an open breaker', async () => (await credentialNow()).openUntil !== null);
  runs.push(await start(feed, { from: '2026-10-01', to: '2026-10-01' }));
  const waits = async () =>
    (
      await ask(
        "select next_at > now() + interval '250 seconds' as far from report_requests where feed_id = $1",
        feed.id,
      )
    ).map(({ far }) => far);
  await until('both to wait', async () => (await waits()).filter(Boolean).length === 2);
  expect(vibe.seen.create).toBe(2);
  // Whoever asks with another credential is not concerned.
  expect((await loader.load(other, days)).run.outcome).toBe('SUCCEEDED');
  for (const run of runs) await untilAsleep(run);
  await ask('update platform_credentials set open_until = now() where id = $1', credential.id);
  for (const run of runs) {
    await wake(run);
    expect((await loader.finish(run)).run.outcome).toBe('SUCCEEDED');
  }
  expect(await credentialNow()).toMatchObject({ failures: 0, openUntil: null });
});

test('a credential that is refused ends the run, and is not asked with until it is replaced', async () => {
  const services = { platforms: platforms.platforms, cipher: agency.cipher };
  const replace = (secret: string) =>
    agency.database.withTenant(agency.tenant, (em) =>
      updatePlatformCredential(em, agency.actor, services, credential.id, { secret }),
    );
  await replace('wrong');
  const { job, run } = await loader.load(feed, days);
  const errorMessage = 'Vibe does not take the credential "Vibe": replace it, and try again.';
  expect(job).toMatchObject({ status: 'FAILED', attempt: 1, errorMessage });
  expect((await credentialNow()).status).toBe('REFUSED');
  expect((await loader.load(feed, '2026-10-01')).job.errorMessage).toBe(errorMessage);
  expect(vibe.seen.create).toBe(1);
  await replace(vibeSecret);
  expect((await retry(run)).run.outcome).toBe('SUCCEEDED');
});

test('the budget is one for all runs of a credential, whoever works on them', async () => {
  await ask('update platform_credentials set creations_per_hour = 2 where id = $1', credential.id);
  const runs = await Promise.all(
    ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'].map((date) =>
      start(feed, { from: date, to: date }),
    ),
  );
  const planned = async () => {
    const reports = (await Promise.all(runs.map(reportsOf))).flat();
    const ended = reports.filter(({ state }) => state === 'FETCHED').length;
    const waiting = reports.filter(
      ({ state, nextAt }) => state === 'PLANNED' && nextAt.getTime() > Date.now() + 3_000_000,
    );
    return ended === 2 && waiting.length === 2 && waiting;
  };
  const waiting = await until('two of four', planned);
  expect(vibe.seen.create).toBe(2);
  for (const run of runs.filter(({ id }) => waiting.some(({ runId }) => runId === id))) {
    await untilAsleep(run);
  }
  await ask('update platform_credentials set budget_reset_at = now() where id = $1', credential.id);
  for (const run of runs) await wake(run);
  for (const run of runs) expect((await loader.finish(run)).run.outcome).toBe('SUCCEEDED');
  expect(vibe.seen.create).toBe(4);
});

test('what the platform says of the budget counts, and asking too often is waited out', async () => {
  const resetAt = new Date(Date.now() + 1_800_000);
  vibe.behaviour.budget = { left: 1, resetAt };
  await loader.load(feed, days);
  expect(await credentialNow()).toMatchObject({ budgetLeft: 0, budgetResetAt: resetAt });
  const run = await start(feed, { from: '2026-10-01', to: '2026-10-01' });
  const waits = async () => (await reportsOf(run))[0]?.nextAt.getTime() === resetAt.getTime();
  await untilAsleep(run);
  expect(await waits()).toBe(true);
  expect(vibe.seen.create).toBe(1);
  // Somebody else uses the key too: the budget is gone though we have not spent it.
  await ask('update platform_credentials set budget_left = 9 where id = $1', credential.id);
  vibe.behaviour.budget = null;
  vibe.behaviour.instead = [
    { to: 'create', status: 429 },
    { to: 'create', status: 429, headers: { 'retry-after': '0' } },
    { to: 'create', status: 429, headers: { 'x-rate-limit-retry-after': '1' } },
  ];
  await wake(run);
  const { job, run: ended } = await loader.finish(run);
  expect([job.attempt, ended.outcome, vibe.seen.create]).toEqual([1, 'SUCCEEDED', 5]);
  expect(await reportsOf(run)).toMatchObject([{ creations: 4, state: 'FETCHED' }]);
});

const nothing = 'select from report_requests where run_id = $1';
test.each([
  [
    'is not ready in 20 looks',
    'It was not ready after 20 looks.',
    { looksBeforeDone: 99 },
    'update report_requests set polls = 19 where run_id = $1',
  ],
  [
    'is not ready in time',
    'It was not ready in time.',
    { looksBeforeDone: 99 },
    'update report_requests set deadline_at = now() where run_id = $1',
  ],
  ['cannot be made', 'No such advertiser', { error: 'No such advertiser' }, nothing],
  [
    'is at an address that is not allowed',
    /refused \(HOST\); its host is 169.254.169.254$/,
    { downloadOrigin: 'http://169.254.169.254' },
    nothing,
  ],
])(
  'a report that %s fails its days, and is asked for anew',
  async (_, error, behaviour, change) => {
    Object.assign(vibe.behaviour, behaviour);
    const run = await startAsleep();
    const reportNow = async () => (await reportsOf(run))[0];
    await ask(change, run.id);
    await wake(run);
    const { job, slices } = await loader.finish(run);
    const report = await reportNow();
    expect(report).toMatchObject({ state: 'FAILED', error: expect.stringMatching(error) });
    expect(job.errorMessage).toBe(`The report failed: ${report?.error}`);
    expect(slices.map(({ status }) => status)).toEqual(['FAILED', 'FAILED', 'FAILED']);
    Object.assign(vibe.behaviour, { looksBeforeDone: 0, error: null, downloadOrigin: null });
    expect((await retry(run)).run.outcome).toBe('SUCCEEDED');
    expect(vibe.seen.create).toBe(2);
  },
);

test('a worker that died in the asking asks again, and one report is loaded', async () => {
  const run = await startAsleep();
  // As it is between the call and what is written of its answer.
  await ask(
    `update report_requests set state = 'CREATING', external_id = null where run_id = $1`,
    run.id,
  );
  await wake(run);
  const { run: ended } = await loader.finish(run);
  expect([ended.outcome, vibe.seen.create, vibe.seen.download]).toEqual(['SUCCEEDED', 2, 1]);
});
