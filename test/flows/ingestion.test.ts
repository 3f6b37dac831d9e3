import { ApiError, createApi, signInTo } from '../../client/api.ts';
import {
  CancelJobDocument,
  ClientsDocument,
  CreateClientDocument,
  CreateFeedDocument,
  IngestionRunDocument,
  IngestionRunsDocument,
  JobProgressDocument,
  PerformanceDocument,
  SetRateCardDocument,
  StartIngestionDocument,
  TestFeedDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import {
  advertisers,
  demoRange,
  generateFiles,
  generateRestatement,
  restatedDate,
} from '../../demo/generate-files.ts';
import { watchJob } from '../../demo/progress.ts';
import { readFolder } from '../../demo/read-folder.ts';
import type { DateRange } from '../../src/domain/calendar.ts';
import { addOrganization } from '../support/agency.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { type FileSums, sumFiles, toBillionths } from '../support/sum-files.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
  await Promise.all([installation.startWorker(), installation.startWorker()]);
});
afterAll(() => installation.close());

/** A client with a feed and a CPM of 12.50, made as a caller would. */
async function setUp(name: string, keyPattern: string, range: DateRange) {
  const { api, agency } = installation;
  const { createClient } = await api.request(CreateClientDocument, {
    input: { name, timeZone: 'UTC', currency: 'USD' },
  });
  const clientId = createClient.client.id;
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: { clientId, source: 'SURFSIDE', name: 'Daily', bucket: agency.bucket.name, keyPattern },
  });
  await api.request(SetRateCardDocument, {
    input: { clientId, cpm: '12.5', effectiveFrom: range.from },
  });
  return { clientId, feedId: createFeed.feed.id };
}

async function load(feedId: string, range: DateRange) {
  const { api } = installation;
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  const states: { sequence: number; status: string; done?: number | null }[] = [];
  const last = await watchJob(api, startIngestion.run.jobRun.id, (state) => states.push(state));
  return { runId: startIngestion.run.id, last, states };
}

/** What the graph says of a client must be what the files say, to the last decimal. */
async function expectTotals(clientId: string, range: DateRange, sums: FileSums) {
  const { node } = await installation.api.request(PerformanceDocument, { id: clientId, range });
  const client = node as Extract<typeof node, { __typename: 'Client' }>;
  const totalsOf = (metrics: typeof client.metrics) => ({
    impressions: BigInt(metrics.impressions ?? 0),
    clicks: BigInt(metrics.clicks ?? 0),
    conversions: BigInt(metrics.conversions ?? 0),
    revenue: toBillionths(metrics.revenue ?? '0'),
    spend: toBillionths(metrics.spend ?? '0'),
  });
  const expected = {
    impressions: sums.impressions,
    clicks: sums.clicks,
    conversions: sums.conversions,
    revenue: sums.revenue,
    // impressions / 1000 x 12.50, in billionths.
    spend: sums.impressions * 12_500_000n,
  };
  expect(totalsOf(client.metrics)).toEqual(expected);
  const campaigns = client.campaigns.edges.map(({ node: campaign }) => totalsOf(campaign.metrics));
  const added = campaigns.reduce((one, other) => ({
    impressions: one.impressions + other.impressions,
    clicks: one.clicks + other.clicks,
    conversions: one.conversions + other.conversions,
    revenue: one.revenue + other.revenue,
    spend: one.spend + other.spend,
  }));
  expect(added).toEqual(expected);
  return client;
}

test('from files to totals: mutation, worker, subscription, query', async () => {
  const [, advertiser] = advertisers;
  if (!advertiser) throw new Error('There is no second advertiser');
  const range = demoRange('2026-10-31');
  const files = [...generateFiles(advertiser, range)];
  for (const { key, body } of files) await installation.agency.bucket.put(key, body);
  const { clientId, feedId } = await setUp('Journey', advertiser.keyPattern, range);

  const { runId, last, states } = await load(feedId, range);
  expect(last.status).toBe('SUCCEEDED');
  const sequences = states.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  const done = states.map((state) => state.done ?? 0);
  expect(done).toEqual([...done].sort((a, b) => a - b));

  const dated = (key: string) => key.replace(/.*(\d{4})(\d{2})(\d{2}).*/, '$1-$2-$3');
  const byDate = new Map(files.map(({ key, body }) => [dated(key), body]));
  const sums = () => sumFiles([...byDate].map(([date, body]) => ({ date, body })));
  await expectTotals(clientId, range, sums());
  const { ingestionRun } = await installation.api.request(IngestionRunDocument, { id: runId });
  expect(ingestionRun).toMatchObject({
    status: 'PARTIAL',
    report: { rowsRead: sums().rows, rowsRejected: sums().rejected },
  });
  expect(ingestionRun?.slices.filter(({ status }) => status === 'MISSING')).toHaveLength(1);
  expect(ingestionRun?.rejectedRows.edges.length).toBeGreaterThan(0);

  const restated = generateRestatement(advertiser, range);
  await installation.agency.bucket.put(restated.key, restated.body);
  const day = restatedDate(range);
  await load(feedId, { from: day, to: day });
  byDate.set(day, restated.body);
  const client = await expectTotals(clientId, range, sums());
  expect(client.feeds[0]?.gaps).toHaveLength(1);
});

const realFiles = process.env.SURFSIDE_FILES;

// Skipped, and counted as such, where SURFSIDE_FILES names no folder.
(realFiles ? test : test.skip)('a folder of real files adds up as well', async () => {
  const { keyPattern, range, files } = await readFolder(realFiles ?? '');
  for (const { key, body } of files) await installation.agency.bucket.put(key, body);
  const { clientId, feedId } = await setUp('Real', keyPattern, range);
  const { last } = await load(feedId, range);
  expect(last.status).toBe('SUCCEEDED');
  const sums = sumFiles(
    files.map(({ key, body }) => ({
      date: /\d{4}-\d{2}-\d{2}/.exec(key)?.[0] ?? '',
      body: body.toString(),
    })),
  );
  expect(sums.rejected).toBeGreaterThan(0);
  await expectTotals(clientId, range, sums);
});

test('a run of the same days that has not ended is returned, and a key gives the same run for ever', async () => {
  const range = { from: '2026-02-01', to: '2026-02-02' };
  const { feedId } = await setUp('Repeated', 'repeated/{date}.csv', range);
  const start = () =>
    installation.api.request(StartIngestionDocument, {
      input: { feedId, range, idempotencyKey: 'same' },
    });
  const runs = await Promise.all([start(), start(), start()]);
  const again = await start();
  const ids = [...runs, again].map(({ startIngestion }) => startIngestion.run.id);
  expect(new Set(ids).size).toBe(1);
  const { ingestionRuns } = await installation.api.request(IngestionRunsDocument, {
    filter: { feedId },
  });
  expect(ingestionRuns.edges).toHaveLength(1);
});

test('what a beginner gets wrong is said clearly', async () => {
  const { api, url, agency } = installation;
  const failure = async (asking: Promise<unknown>) => {
    const error = await asking.then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(ApiError);
    return `${error.code}: ${error.message}`;
  };
  const range = { from: '2026-01-01', to: '2026-01-02' };
  const { clientId, feedId } = await setUp('Beginner', 'beginner/{date}.csv', range);

  expect(await failure(signInTo(url, agency.owner.email, 'wrong'))).toBe(
    'UNAUTHENTICATED: The email or the password is wrong.',
  );
  expect(await failure(createApi(url).request(ViewerDocument, {}))).toBe(
    'UNAUTHENTICATED: Sign in first, and send the token: `authorization: Bearer ...`.',
  );
  expect(await failure(createApi(url, 'nonsense').request(ViewerDocument, {}))).toBe(
    'UNAUTHENTICATED: The token is not valid.',
  );
  const start = (input: object) =>
    failure(api.request(StartIngestionDocument, { input: { feedId, ...input } }));
  expect(await start({ range: { from: '2026-01-02', to: '2026-01-01' } })).toBe(
    'BAD_USER_INPUT: The range ends (2026-01-01) before it starts (2026-01-02).',
  );
  expect(await start({ date: '2099-01-01' })).toMatch(
    /^BAD_USER_INPUT: 2099-01-01 is in the future/,
  );
  expect(await start({ date: '2026-01-01', range })).toMatch(
    /^BAD_USER_INPUT: Give a date or a range/,
  );
  expect(await start({ date: '2026-02-30' })).toMatch(
    /^BAD_USER_INPUT: .*is no LocalDate: write a day as/,
  );
  expect(await start({ feedId: 'feed-1', date: '2026-01-01' })).toMatch(
    /^BAD_USER_INPUT: "feed-1" is no id of the type Feed/,
  );
  expect(await start({ feedId: clientId, date: '2026-01-01' })).toMatch(
    /^BAD_USER_INPUT: .* is no id of the type Feed/,
  );
  expect(
    await failure(
      api.request(CreateFeedDocument, {
        input: { clientId, source: 'NOPE', name: 'x', bucket: 'bucket', keyPattern: '{date}' },
      }),
    ),
  ).toBe('BAD_USER_INPUT: "NOPE" is not a source; there are: SURFSIDE, VIBE, FACEBOOK.');
});

test("another organization's ids answer as missing ones do, on every door", async () => {
  const { url, agency } = installation;
  const range = { from: '2026-01-01', to: '2026-01-02' };
  const { clientId, feedId } = await setUp('Private', 'private/{date}.csv', range);
  const { startIngestion } = await installation.api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  const { id: runId, jobRun } = startIngestion.run;
  const stranger = { email: 'stranger@elsewhere.example', password: 'a long enough password' };
  await addOrganization(agency, stranger);
  const api = await signInTo(url, stranger.email, stranger.password);

  const { clients } = await api.request(ClientsDocument, {});
  expect(clients.edges).toEqual([]);
  expect(await api.request(PerformanceDocument, { id: clientId, range })).toEqual({ node: null });
  expect(await api.request(IngestionRunDocument, { id: runId })).toEqual({ ingestionRun: null });
  const missing = { code: 'NOT_FOUND' };
  const input = { feedId, range };
  await expect(api.request(StartIngestionDocument, { input })).rejects.toMatchObject(missing);
  await expect(api.request(TestFeedDocument, { id: feedId })).rejects.toMatchObject(missing);
  await expect(api.request(CancelJobDocument, { id: jobRun.id })).rejects.toMatchObject(missing);
  await expect(
    api.request(SetRateCardDocument, {
      input: { clientId, cpm: '1', effectiveFrom: '2026-01-01' },
    }),
  ).rejects.toMatchObject(missing);
  const watching = (async () => {
    for await (const state of api.subscribe(JobProgressDocument, { id: jobRun.id })) return state;
    return undefined;
  })();
  await expect(watching).rejects.toMatchObject(missing);
});
