import { addDays, today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { recomputeSpend } from '../../src/jobs/recompute-spend.job.ts';
import { summarizeClient } from '../../src/jobs/summarize-client.job.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { type NamedFact, putFacts } from '../support/facts.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  const definitions = [ingestFeed, recomputeSpend, summarizeClient] as unknown as JobDefinition[];
  loader = await createLoader(agency, definitions);
});
afterAll(async () => {
  await loader.close();
  await graph.close();
  await agency.close();
});

async function told(text: string, viewer = agency.actor) {
  const { data, error } = await ask(graph, viewer, text);
  if (error) throw error;
  return data;
}

const idOf = ({ id }: { id: string }) => toGlobalId('Client', id);

/** Do a job that was made. */
async function finish(jobRunId: string) {
  const id = fromGlobalId('JobRun', jobRunId);
  await loader.rig.send(id);
  const run = await loader.rig.ended(id);
  expect(run).toMatchObject({ status: 'SUCCEEDED' });
  return run;
}

const generate = async (client: { id: string }, range: string, more = '') => {
  const { generateSummaries } = await told(
    `mutation { generateSummaries(input: { clientId: "${idOf(client)}", range: ${range}${more} }) {
       jobRun { id queue } } }`,
  );
  return finish(generateSummaries.jobRun.id);
};

/** What waits to be summed up of a client. */
async function waiting(client: Client): Promise<string[]> {
  const filter = `{ clientId: "${idOf(client)}", queue: "summaries", statuses: [QUEUED] }`;
  const { jobs } = await told(`{ jobs(filter: ${filter}) { nodes { id } } }`);
  return jobs.nodes.map(({ id }: { id: string }) => id);
}

const summaries = async (client: { id: string }, selection: string, filter = '') => {
  const text = `{ summaries(filter: { clientId: "${idOf(client)}" ${filter} }) { nodes { ${selection} } } }`;
  return (await told(text)).summaries.nodes;
};

const fact = (date: string, campaign: string, facts: Partial<NamedFact>): NamedFact => ({
  ...{ date, campaign, strategy: 'Geo', placement: 'Display', creative: `${campaign} banner` },
  ...{ impressions: 10_000, clicks: 100, conversions: '4', revenue: '200', spend: '150' },
  ...{ media_cost: null, completed_views: null },
  ...facts,
});
const none = { conversions: '0', revenue: '0' };

test('weeks and months come to what is worked out by hand, and to what dashboards and metric rows say', async () => {
  const settings = {
    kind: 'AGENCY_CLIENT',
    timeZone: 'America/New_York',
    currency: 'USD',
  } as const;
  const client = await agency.database.withTenant(agency.tenant, (em) =>
    createClient(em, agency.actor, { name: 'By hand', ...settings }),
  );
  const feed = await addFeed(agency, client);
  // A leap day, the turn of a month and a change of the clock (on the 10th of March) are among these two weeks.
  const days = Array.from({ length: 14 }, (_, index) => addDays('2024-02-26', index));
  await putFacts(agency, feed, [
    ...days.map((date) => fact(date, 'Brand', {})),
    fact('2024-03-05', 'Sale', {
      ...{ impressions: 100_000, clicks: 400, conversions: '2', revenue: '20', spend: '1500' },
    }),
    fact('2024-03-06', 'Cheap', { impressions: 1000, clicks: 1, ...none, spend: '15' }),
    fact('2024-03-07', 'Brand', {
      ...{
        creative: 'Lucky',
        impressions: 1,
        clicks: 1,
        ...none,
        conversions: '1',
        spend: '0.015',
      },
    }),
  ]);
  await generate(client, '{ from: "2024-02-29", to: "2024-03-10" }');
  const list = await summaries(client, 'kind fromDate toDate version');
  expect(list).toHaveLength(4);
  expect(list).toEqual(
    expect.arrayContaining([
      { kind: 'MONTHLY', fromDate: '2024-03-01', toDate: '2024-03-31', version: 1 },
      { kind: 'WEEKLY', fromDate: '2024-03-04', toDate: '2024-03-10', version: 1 },
      { kind: 'WEEKLY', fromDate: '2024-02-26', toDate: '2024-03-03', version: 1 },
      { kind: 'MONTHLY', fromDate: '2024-02-01', toDate: '2024-02-29', version: 1 },
    ]),
  );

  const metrics = 'impressions clicks conversions revenue spend ctr roas cpa coverage { status }';
  const [week, before] = await summaries(
    client,
    `metrics { ${metrics} }
     comparison { metrics { spend } changes(metrics: [SPEND, CONVERSIONS]) { absolute relative } }
     topCampaigns { node { name } metrics { conversions } }
     byRevenue: topCampaigns(by: REVENUE) { node { name } metrics { revenue } }
     topCreatives { node { name } metrics { ctr } }
     underperformers { node { name } metrics { spend } reason { text facts { role metric value media { id } } } }
     sentences { topic text }`,
    'kind: WEEKLY',
  );
  // Brand: 7 x (10,000, 100, 4, 200, 150), and what the others have.
  expect(week.metrics).toEqual({
    ...{
      impressions: 171_001,
      clicks: 1102,
      conversions: '31',
      revenue: '1420',
      spend: '2565.015',
    },
    ...{ ctr: 0.006444406758, roas: 0.553603000372, cpa: '82.742419354839' },
    coverage: { status: 'COMPLETE' },
  });
  expect(week.comparison).toEqual({
    metrics: { spend: '1050' },
    changes: [
      { absolute: '1515.015', relative: 1.442871428571 },
      { absolute: '3', relative: 0.107142857143 },
    ],
  });
  expect(before.comparison).toBeNull();
  const name = (ranked: { node: { name: string } }[]) => ranked.map(({ node }) => node.name);
  expect(week.topCampaigns).toEqual([
    { node: { name: 'Brand' }, metrics: { conversions: '29' } },
    { node: { name: 'Sale' }, metrics: { conversions: '2' } },
  ]);
  expect(name(week.byRevenue)).toEqual(['Brand', 'Sale']);
  // One lucky click is a CTR of 100 %, of one impression.
  expect(name(week.topCreatives)).toEqual(['Brand banner', 'Sale banner', 'Cheap banner']);
  expect(week.underperformers).toEqual([
    {
      ...{ node: { name: 'Sale' }, metrics: { spend: '1500' } },
      reason: {
        text: '"Sale" underperforms: its CTR of 0.400% is under 0.500%, its spend of $1,500.00 over $100.00, and its conversions (2) fewer than 5.',
        facts: [
          { role: 'VALUE', metric: 'CTR', value: '0.004', media: { id: expect.any(String) } },
          { role: 'THRESHOLD', metric: 'CTR', value: '0.005', media: null },
          expect.objectContaining({ metric: 'SPEND', value: '1500' }),
          expect.objectContaining({ metric: 'SPEND', value: '100' }),
          expect.objectContaining({ metric: 'CONVERSIONS', value: '2' }),
          expect.objectContaining({ metric: 'CONVERSIONS', value: '5' }),
        ],
      },
    },
  ]);
  expect(week.sentences.slice(0, 2)).toEqual([
    {
      topic: 'DELIVERY',
      text: '171,001 impressions were delivered and brought 1,102 clicks (CTR 0.644%) and 31 conversions.',
    },
    { topic: 'CHANGE', text: 'Spend was $2,565.02, 144.3% more than the week before ($1,050.00).' },
  ]);

  const range = '{ from: "2024-03-04", to: "2024-03-10" }';
  const { dashboard, metricRows } = await told(
    `{ dashboard(clientId: "${idOf(client)}", range: ${range}) {
         summary { ${metrics} } latestSummary(kind: WEEKLY) { fromDate } month: latestSummary(kind: MONTHLY) { fromDate } }
       metricRows(dimensions: [], metrics: [IMPRESSIONS, SPEND, CTR], range: ${range},
         filters: { clientIds: ["${idOf(client)}"] }) { rows } }`,
  );
  expect(dashboard.summary).toEqual(week.metrics);
  expect(metricRows.rows).toEqual([['USD', 171_001, '2565.015', 0.006444406758]]);
  expect(dashboard).toMatchObject({
    ...{ latestSummary: { fromDate: '2024-03-04' }, month: { fromDate: '2024-02-01' } },
  });

  const [march] = await summaries(
    client,
    `metrics { impressions coverage { status reason } }
     comparison { metrics { coverage { reason } } changes(metrics: [SPEND]) { absolute gap } } sentences { text }`,
    'kind: MONTHLY',
  );
  // 10 days of Brand; of February there are 4 of 29 days, so that no change is told of it.
  expect(march.metrics).toEqual({
    impressions: 201_001,
    coverage: {
      status: 'PARTIAL',
      reason: 'Days of feeds without data: 21 (not loaded yet); the first is 2024-03-11, Surfside.',
    },
  });
  expect(march.comparison).toEqual({
    metrics: { coverage: { reason: 'Data begin on 2024-02-26.' } },
    changes: [{ absolute: '2415.015', gap: 'PARTIAL_BASE' }],
  });
  const texts = march.sentences.map(({ text }: { text: string }) => text);
  expect(texts).toContain('Spend was $3,015.02; the month before $600.00.');
  expect(texts).toContain('The data of the month before are incomplete. Data begin on 2024-02-26.');
});

test('what is loaded, restated, priced anew or merged is summed up anew; what stays the same is not', async () => {
  const client = await addClient(agency, 'Changing');
  const feed = await addFeed(agency, client, { keyPattern: `${client.id}/{date}.csv` });
  // Of a week that is over.
  const day = addDays(today('UTC'), -8);
  const load = async (clicks: number) => {
    const rows = ['Brand', 'Sale'].map((campaign) => surfsideRow({ campaign, clicks }));
    await agency.bucket.put(`${client.id}/${day}.csv`, surfsideFile(day, rows));
    expect((await loader.load(feed, day)).run.outcome).toBe('SUCCEEDED');
  };
  const pause = () =>
    told('mutation { pauseQueue(input: { queue: "summaries", reason: "A test" }) { __typename } }');
  const sumUp = async () => {
    const [jobRunId, ...others] = await waiting(client);
    expect(others).toEqual([]);
    await told('mutation { resumeQueue(queue: "summaries") { __typename } }');
    await finish(jobRunId ?? '');
    await pause();
  };
  const week = async () => {
    const filter = `kind: WEEKLY, from: "${day}", to: "${day}"`;
    const selection = 'version metrics { clicks spend } topCampaigns { node { name } }';
    const [summary] = await summaries(client, selection, filter);
    return { ...summary, topCampaigns: summary.topCampaigns.length };
  };
  // So that nothing is summed up before the test says so.
  await pause();
  await load(10);
  await sumUp();
  const first = { version: 1, metrics: { clicks: 20, spend: '30' }, topCampaigns: 2 };
  expect(await week()).toEqual(first);

  await load(10);
  expect(await waiting(client)).toEqual([]);
  await load(12);
  await load(11);
  // One job for both.
  await sumUp();
  expect(await week()).toEqual({ ...first, version: 2, metrics: { clicks: 22, spend: '30' } });

  const { setRateCard } = await told(
    `mutation { setRateCard(input: { clientId: "${idOf(client)}", cpm: "20", effectiveFrom: "${day}" }) {
       jobRun { id } } }`,
  );
  await finish(setRateCard.jobRun.id);
  await sumUp();
  expect(await week()).toEqual({ ...first, version: 3, metrics: { clicks: 22, spend: '40' } });

  const { campaigns } = await told(
    `{ campaigns(filter: { clientIds: ["${idOf(client)}"] }) { nodes { id } } }`,
  );
  const [one, other] = campaigns.nodes;
  await told(
    `mutation { mergeEntities(input: { mediaId: "${one.id}", intoMediaId: "${other.id}" }) { node { id } } }`,
  );
  await sumUp();
  expect(await week()).toMatchObject({ version: 4, topCampaigns: 1 });
  await told(`mutation { unmergeEntities(mediaId: "${one.id}") { node { id } } }`);
  await sumUp();
  expect(await week()).toMatchObject({ version: 5, topCampaigns: 2 });
  await told('mutation { resumeQueue(queue: "summaries") { __typename } }');
});

test('a period without data is an honest empty summary; one that goes on, and a client that is not there, have none', async () => {
  const client = await addClient(agency, 'Empty');
  const run = await generate(
    client,
    '{ preset: LAST_WEEK }',
    ', kinds: [WEEKLY], idempotencyKey: "e"',
  );
  expect(run).toMatchObject({ stage: 'SUMMARIZE', done: 1, total: 1, queue: 'summaries' });
  const selection = `metrics { impressions spend ctr coverage { status } } comparison { metrics { spend } }
    topCampaigns { node { id } } topCreatives { node { id } } underperformers { node { id } } sentences { text facts { text } }`;
  expect(await summaries(client, selection)).toEqual([
    {
      metrics: {
        ...{ impressions: null, spend: null, ctr: null },
        coverage: { status: 'BEFORE_FIRST_DATA' },
      },
      ...{ comparison: null, topCampaigns: [], topCreatives: [], underperformers: [] },
      sentences: [{ text: 'There are no data of this week.', facts: [] }],
    },
  ]);
  const input = (id: string, range: string) =>
    `mutation { generateSummaries(input: { clientId: "${id}", range: ${range} }) { jobRun { id } } }`;
  await expect(told(input(idOf(client), '{ preset: TODAY }'))).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'None of the weeks or months that these days belong to is over.',
  });
  const nobody = idOf({ id: '00000000-0000-4000-8000-000000000000' });
  const notFound = { code: 'NOT_FOUND', message: 'There is no such client.' };
  await expect(told(input(nobody, '{ preset: LAST_WEEK }'))).rejects.toMatchObject(notFound);

  const others = await addOrganization(agency, {
    email: 'o@other.example',
    password: 'long enough for all',
  });
  const stranger = await findActor(agency.database, others);
  const text = input(idOf(client), '{ preset: LAST_WEEK }');
  await expect(told(text, stranger)).rejects.toMatchObject(notFound);
  // However often it is asked for, one job does it.
  expect(await told(text)).toEqual(await told(text));
  const [{ id }] = await summaries(client, 'id');
  const seen = `{ node(id: "${id}") { id } summaries { nodes { id } } }`;
  expect(await told(seen, stranger)).toEqual({ node: null, summaries: { nodes: [] } });
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [client.id] };
  expect(await told(seen, viewer)).toEqual({ node: { id }, summaries: { nodes: [{ id }] } });
  await expect(told(text, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('lists of summaries cost as many statements for many as for one', async () => {
  const selection = `client { name } metrics { spend coverage { status } } sentences { text }
    comparison { changes { relative } } topCampaigns { node { name } metrics { ctr } } underperformers { reason { text } }`;
  const statements = async (first: number) =>
    (await ask(graph, agency.actor, `{ summaries(first: ${first}) { nodes { ${selection} } } }`))
      .statements.length;
  expect(await statements(6)).toBe(await statements(3));
  const { home } = await told(
    `{ home(range: { preset: LAST_WEEK }) {
         summaries(kind: WEEKLY, first: 1) { nodes { kind } pageInfo { hasNextPage } }
         clients { nodes { name latestSummary(kind: WEEKLY) { toDate } } } } }`,
  );
  expect(home.summaries).toEqual({ nodes: [{ kind: 'WEEKLY' }], pageInfo: { hasNextPage: true } });
  expect(home.clients.nodes).toContainEqual({
    ...{ name: 'By hand', latestSummary: { toDate: '2024-03-10' } },
  });
});

describe('schedules', () => {
  const schedule = async (client: Client) => {
    const [row] = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(
        `select cron, time_zone, enabled, next_run_at > now() as is_due_later from schedules
         where client_id = ? and job_name = 'summarize-client'`,
        [client.id],
      ),
    );
    return row;
  };
  const set = (mutation: string, selection: string) =>
    told(`mutation { ${mutation} { ${selection} } }`);

  test('summaries are made on Mondays and firsts at 07:00 in the zone of the client, or as it or its organization says', async () => {
    const client = await addClient(agency, 'Scheduled');
    const usual = { time_zone: 'UTC', enabled: true, is_due_later: true };
    expect(await schedule(client)).toEqual({ cron: '0 7 * * 1;0 7 1 * *', ...usual });
    await set('setSummarySchedule(input: { time: "06:30" })', 'organization { name }');
    await set(
      `updateClient(input: { id: "${idOf(client)}", timeZone: "Asia/Tokyo" })`,
      '__typename',
    );
    await set('updateOrganization(input: { weekStartsOn: 0 })', '__typename');
    const moved = { ...usual, time_zone: 'Asia/Tokyo' };
    expect(await schedule(client)).toEqual({ cron: '30 6 * * 0;30 6 1 * *', ...moved });

    const own = (changes: string) =>
      set(
        `setClientSummarySchedule(input: { clientId: "${idOf(client)}", ${changes} })`,
        'client { summarySchedule { time kinds } }',
      );
    expect(await own('kinds: [MONTHLY]')).toEqual({
      setClientSummarySchedule: {
        client: { summarySchedule: { time: '06:30', kinds: ['MONTHLY'] } },
      },
    });
    await set('setSummarySchedule(input: { time: "08:00" })', '__typename');
    expect(await schedule(client)).toMatchObject({ cron: '30 6 1 * *' });
    await own('kinds: []');
    expect(await schedule(client)).toMatchObject({ enabled: false });
    await own('followOrganization: true');
    expect(await schedule(client)).toEqual({ cron: '0 8 * * 0;0 8 1 * *', ...moved });
    await expect(own('time: "7 am"')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    // Weeks that begin on Mondays are not shown beside those that begin on Sundays.
    const { summaries: weeks } = await told(
      '{ summaries(filter: { kind: WEEKLY }) { nodes { id } } }',
    );
    expect(weeks.nodes).toEqual([]);
    await set('updateOrganization(input: { weekStartsOn: 1 })', '__typename');
  });

  test('a turn makes what is missing from the first day with data on, and what it calls badly is as the organization says', async () => {
    const client = await addClient(agency, 'Turning');
    const feed = await addFeed(agency, client);
    const day = addDays(today('UTC'), -20);
    await putFacts(agency, feed, [fact(day, 'Brand', {})]);
    const thresholds = 'ctr: "0.02", spend: "1", conversions: "4.5", impressions: 20000';
    await told(`mutation { setSummaryThresholds(input: { ${thresholds} }) { __typename } }`);
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(
        `update schedules set next_run_at = now() where client_id = ? and job_name = 'summarize-client'`,
        [client.id],
      ),
    );
    await loader.rig.sweep();
    const jobRunId = await until('the turn', async () => {
      const { jobs } = await told(
        `{ jobs(filter: { clientId: "${idOf(client)}" }) { nodes { id } } }`,
      );
      return jobs.nodes[0]?.id as string | undefined;
    });
    await loader.rig.ended(fromGlobalId('JobRun', jobRunId));
    const weeks = await summaries(
      client,
      'metrics { spend coverage { status } } underperformers { node { name } } topCreatives { node { id } }',
      'kind: WEEKLY',
    );
    // The week of the day, and the two after it at least, which have no data.
    expect(weeks.length).toBeGreaterThanOrEqual(2);
    expect(weeks[0]).toMatchObject({ metrics: { spend: null, coverage: { status: 'PENDING' } } });
    expect(weeks.at(-1)).toMatchObject({
      metrics: { spend: '150' },
      ...{ underperformers: [{ node: { name: 'Brand' } }], topCreatives: [] },
    });
    await expect(
      told('mutation { setSummaryThresholds(input: { ctr: "2" }) { __typename } }'),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
