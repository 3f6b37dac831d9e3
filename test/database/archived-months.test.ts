import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Note } from '../../src/domain/document/document.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { archiveFacts } from '../../src/jobs/archive-facts.job.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { issueReport } from '../../src/jobs/issue-report.job.ts';
import { previewUpload } from '../../src/jobs/preview-upload.job.ts';
import { restoreFacts } from '../../src/jobs/restore-facts.job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { openDoors } from '../support/bi-doors.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { runCli } from '../support/run-cli.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { runAs } from '../support/test-services.ts';
import { openUploadDoors } from '../support/upload-doors.ts';

const month = { from: '2024-03-01', to: '2024-03-31' };
/** It ends amid the month after, which is archived as well. */
const cut = { from: month.from, to: '2024-04-15' };
const archived = ['CONFLICT', '2024-03 is archived: restore first (restoreArchivedMonth).'];

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let doors: Awaited<ReturnType<typeof openDoors>>;
let uploads: Awaited<ReturnType<typeof openUploadDoors>>;
let client: Client;
let feed: Feed;
let hot: Answer;
const runs: Record<string, string> = {};
let reports: string[];
/** What the operator was told before. */
let plan: Awaited<ReturnType<typeof runCli>>;

beforeAll(async () => {
  agency = await createAgency();
  const jobs = [ingestFeed, archiveFacts, restoreFacts, issueReport, previewUpload, runUpkeep];
  [graph, doors, loader] = await Promise.all([
    createGraph(agency),
    openDoors(agency),
    createLoader(agency, jobs as unknown as JobDefinition[]),
  ]);
  uploads = await openUploadDoors(agency, loader.rig, agency.actor);
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client);
});
afterAll(async () => {
  await uploads.close();
  await Promise.all([loader.close(), doors.close(), graph.close()]);
  await agency.close();
});

const asRoot = <Row extends object>(sql: string, values: unknown[] = []) =>
  runAs<Row>(agency.urls.superuserUrl, sql, values);
const told = async (text: string, variables: object = {}) => {
  const { data, error } = await ask(graph, agency.actor, text, variables);
  if (error) throw error;
  return data;
};

/** Load a file of a day. @returns its run's id in the graph. */
async function load(date: string, rows: Parameters<typeof surfsideRow>[0][]): Promise<string> {
  await agency.bucket.put(`report-${date}.csv`, surfsideFile(date, rows.map(surfsideRow)));
  return toGlobalId('IngestionRun', (await loader.load(feed, date)).run.id);
}

async function finish(jobRunId: string): Promise<void> {
  const id = fromGlobalId('JobRun', jobRunId);
  await loader.rig.send(id);
  expect(await loader.rig.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
}

const figures = 'impressions clicks spend ctr archivedMonths { month counted }';
const everywhere = `query ($id: ID!, $range: DateRangeInput!) {
  dashboard(clientId: $id, range: $range) {
    summary { ${figures} }
    topCampaigns(by: SPEND) { node { name } metrics { ${figures} } }
    topCreatives(by: SPEND) { node { name } metrics { ${figures} } } }
  home(range: $range) { totals { metrics { ${figures} } } }
  byMonth: metricRows(dimensions: [CLIENT, CAMPAIGN, SOURCE], metrics: [IMPRESSIONS, SPEND, CTR], range: $range, grain: MONTH) {
    rows totals archivedMonths { month counted } }
  byCreative: metricRows(dimensions: [CREATIVE], metrics: [IMPRESSIONS], range: $range) {
    rows totals complete archivedMonths { month counted } } }`;
const read = (range: object) =>
  told(everywhere, { id: toGlobalId('Client', client.id), range }) as Promise<Answer>;

const budget = async (days: { from: string; to: string }) => {
  const { createBudget } = await told(
    `mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id pacing { spent daysWithData } } } }`,
    {
      input: {
        ...{ clientId: toGlobalId('Client', client.id), amount: '100' },
        ...{ fromDate: days.from, toDate: days.to },
      },
    },
  );
  return createBudget.budget;
};
const pacing = (id: string) =>
  told('query ($id: ID!) { node(id: $id) { ... on Budget { pacing { spent daysWithData } } } }', {
    id,
  });

const changes = `{ issuedAt figures { metric value } changesSince { archived figures { metric issued now }
  days { date figures { metric issued now } causes { cause } } } }`;
const report = async (id: string) =>
  (await told(`query ($id: ID!) { node(id: $id) { ... on IssuedReport ${changes} } }`, { id }))
    .node as Answer;

async function issue(range: object, name: string): Promise<string> {
  const { createReportDefinition } = await told(
    `mutation ($input: CreateReportDefinitionInput!) { createReportDefinition(input: $input) { reportDefinition { id } } }`,
    {
      input: {
        ...{ clientId: toGlobalId('Client', client.id), name, format: 'CSV' },
        ...{ rangePreset: 'LAST_MONTH', metrics: ['IMPRESSIONS'] },
      },
    },
  );
  const reportDefinitionId = createReportDefinition.reportDefinition.id;
  const { issueReport: issued } = await told(
    `mutation ($input: IssueReportInput!) { issueReport(input: $input) { issuedReport { id jobRun { id } } } }`,
    { input: { reportDefinitionId, range } },
  );
  await finish(issued.issuedReport.jobRun.id);
  return issued.issuedReport.id;
}

const budgets: Answer[] = [];

beforeAll(async () => {
  const brand = { campaign: 'Brand', creative: 'A' };
  const sale = { campaign: 'Sale', creative: 'B', impressions: 3000 };
  await load('2024-03-04', [brand]);
  reports = [await issue(month, 'First')];
  runs.revert = await load('2024-03-04', [{ ...brand, impressions: 2000 }, sale]);
  runs.resubmit = await load('2024-03-05', [
    brand,
    sale,
    { ...brand, creative: 'C', clicks: 2000 },
  ]);
  await load('2024-03-06', [brand, sale, { ...sale, creative: 'D' }]);
  runs.approve = await load('2024-03-06', [brand]);
  await load('2024-04-10', [brand, { ...sale, impressions: 500 }]);
  reports.push(await issue(month, 'Second'));
  budgets.push(await budget(month), await budget({ from: '2024-04-02', to: '2024-04-30' }));
  hot = { whole: await read(month), cut: await read(cut), reports: [] };
  for (const id of reports) hot.reports.push(await report(id));
  plan = await runCli(agency, ['retention', 'plan']);
  const ended = await loader.rig.ended(await loader.rig.add(archiveFacts as JobDefinition, {}));
  expect([ended.errorMessage, ended.status]).toEqual([null, 'SUCCEEDED']);
  expect(await asRoot(`select from daily_metrics where client_id = $1`, [client.id])).toEqual([]);
});

/** Answers without what is said of archived months. */
function plain(answer: Answer): Answer {
  return JSON.parse(
    JSON.stringify(answer, (key, value) => (key === 'archivedMonths' ? [] : value)),
  );
}

test('whole archived months are counted wherever clients and campaigns are summed, ranked or broken down, and said', async () => {
  const cold = await read(month);
  const counted = [{ month: month.from, counted: true }];
  const left = [{ month: month.from, counted: false }];
  const { byCreative, dashboard, ...same } = cold;
  const { byCreative: _, dashboard: hotDashboard, ...hotSame } = hot.whole;
  expect(hotSame.byMonth.rows.map((row: unknown[]) => row.slice(0, 1))).toEqual([
    [month.from],
    [month.from],
  ]);
  expect(plain(same)).toEqual(hotSame);
  const { topCreatives, ...ranked } = dashboard;
  const { topCreatives: __, ...hotRanked } = hotDashboard;
  expect(plain(ranked)).toEqual(hotRanked);
  expect(ranked.topCampaigns.map(({ node }: Answer) => node.name)).toEqual(['Sale', 'Brand']);
  for (const { archivedMonths } of [
    ...[dashboard.summary, same.home.totals[0].metrics, same.byMonth],
    ...dashboard.topCampaigns.map(({ metrics }: Answer) => metrics),
  ]) {
    expect(archivedMonths).toEqual(counted);
  }
  // What no sum is kept of is left out, and said so: totals are of the rows.
  expect(byCreative).toEqual({ rows: [], totals: [], complete: false, archivedMonths: left });
  for (const { metrics } of topCreatives) {
    expect(metrics).toMatchObject({ impressions: null, archivedMonths: left });
  }
});

test('of a month that a range cuts there is nothing, and that is said', async () => {
  const cold = await read(cut);
  const both = [
    { month: month.from, counted: true },
    { month: '2024-04-01', counted: false },
  ];
  const whole = hot.whole.dashboard.summary;
  expect(cold.dashboard.summary).toEqual({ ...whole, archivedMonths: both });
  expect(hot.cut.dashboard.summary.impressions).toBeGreaterThan(whole.impressions);
  expect(cold.byMonth).toEqual({ ...hot.whole.byMonth, archivedMonths: both });
});

test('BI tools are told the same, and by a header which months are not in the rows', async () => {
  const token = await doors.createToken();
  const rows = async (dimensions: string, to = month.to) => {
    const { body, headers } = await doors.get(
      `metrics.json?dimensions=${dimensions}&metrics=impressions&from=${month.from}&to=${to}`,
      token,
    );
    const { rows, totals, archivedMonths } = JSON.parse(body.toString());
    return { rows, totals, archivedMonths, header: headers.get('mediagraph-archived') };
  };
  const { rows: byCampaign, ...rest } = await rows('campaign', cut.to);
  expect(byCampaign.map(({ campaign, impressions }: Answer) => [campaign, impressions])).toEqual([
    ['Brand', 4000],
    ['Sale', 12_000],
  ]);
  expect(rest).toEqual({
    totals: [{ impressions: 16_000 }],
    archivedMonths: [
      { month: month.from, counted: true },
      { month: '2024-04-01', counted: false },
    ],
    header: '2024-04',
  });
  expect(await rows('date')).toEqual({
    ...{ rows: [], totals: [], header: '2024-03' },
    archivedMonths: [{ month: month.from, counted: false }],
  });
});

test('a document has them among its figures and says which days are counted by their month alone', async () => {
  const document = (range: { from: string; to: string }) =>
    agency.database.withTenant(agency.tenant, (em) =>
      readDocument(em, {
        ...{ viewer: agency.actor, client, locale: 'en-US' },
        query: {
          ...{
            dimensions: ['campaign'],
            metrics: ['impressions'],
            filters: { clientIds: [client.id] },
          },
          ...{ range, weekStartsOn: 1, order: null, preset: null },
        },
      }),
    );
  const { sections } = await document(month);
  expect(sections).toContainEqual(
    expect.objectContaining({
      kind: 'TILES',
      tiles: [expect.objectContaining({ key: 'impressions', value: '16000' })],
    }),
  );
  expect(sections).toContainEqual(
    expect.objectContaining({
      kind: 'BARS',
      bars: [
        expect.objectContaining({ value: '12000' }),
        expect.objectContaining({ value: '4000' }),
      ],
    }),
  );
  const gaps = (notes: Note[]) =>
    notes.flatMap((note) =>
      note.kind === 'GAP' && note.status === 'ARCHIVED' ? [[note.days.from, note.isCounted]] : [],
    );
  const notesOf = async (range: { from: string; to: string }) => {
    const last = (await document(range)).sections.at(-1);
    return last?.kind === 'NOTES' ? gaps(last.notes) : [];
  };
  expect(await notesOf(month)).toEqual([['2024-03-04', true]]);
  expect(await notesOf(cut)).toEqual([
    ['2024-03-04', true],
    ['2024-04-10', false],
  ]);
});

test('a budget counts the sums of whole archived months as spent, and no days of others as known', async () => {
  expect(budgets.map(({ pacing }) => pacing.daysWithData)).toEqual([3, 1]);
  const [whole, part] = budgets;
  expect((await pacing(whole?.id)).node.pacing).toEqual(whole?.pacing);
  expect((await pacing(part?.id)).node.pacing).toEqual({ spent: '0', daysWithData: 0 });
});

test('an upload, a revert, a correction and an approval of archived days are refused, and say what to do', async () => {
  const refusal = async (mutation: string, variables: object) => {
    const { error } = await ask(graph, agency.actor, mutation, variables);
    return [(error as DomainError | undefined)?.code, error?.message];
  };
  const byId = (name: string) => `mutation ($id: ID!) { ${name}(id: $id) { __typename } }`;
  expect(await refusal(byId('revertRun'), { id: runs.revert })).toEqual(archived);
  expect(await refusal(byId('approveHeldRun'), { id: runs.approve })).toEqual(archived);
  const input = {
    runId: runs.resubmit,
    csv: 'file,line,date,campaign,strategy,placement,creative,impressions,clicks,conversions,revenue\nreport-2024-03-05.csv,4,2024-03-05,Brand,Geo,Display,C,1000,20,1,1\n',
  };
  const resubmit = `mutation ($input: ResubmitRejectsInput!) { resubmitRejects(input: $input) { __typename } }`;
  expect(await refusal(resubmit, { input })).toEqual(archived);

  const feedId = toGlobalId('Feed', feed.id);
  const content = surfsideFile('2024-03-07', [surfsideRow()]);
  for (const apply of ['true', 'false']) {
    const sent = await uploads.post({ feedId, apply }, { name: 'late.csv', content });
    expect(sent).toMatchObject({
      status: 409,
      body: {
        error: { code: archived[0], message: archived[1] },
        upload: { state: 'READY', preview: { days: [{ status: 'FAILED', reason: archived[1] }] } },
        run: null,
      },
    });
    expect(await refusal(byId('confirmUpload'), { id: sent.body.upload.id })).toEqual(archived);
  }
  expect(uploads.failures).toEqual([]);
});

test('reports that were issued before are as they were, and that days left is no change of theirs', async () => {
  const [before, after] = await Promise.all(reports.map(report));
  expect(after).toEqual({
    ...hot.reports[1],
    changesSince: { archived: true, figures: [], days: [] },
  });
  // What was restated before stays told, without what it comes to by now.
  const { changesSince, ...issued } = before ?? {};
  const { changesSince: then, ...same } = hot.reports[0];
  expect(issued).toEqual(same);
  expect(then).toMatchObject({ archived: false, figures: [{ issued: '1000', now: '16000' }] });
  expect(changesSince).toMatchObject({
    archived: true,
    figures: [{ issued: '1000', now: null }],
    days: then.days.map((day: Answer) => ({
      ...{ date: day.date, causes: day.causes },
      figures: day.figures.map((figure: Answer) => ({ ...figure, now: null })),
    })),
  });
});

test('once the month is back, all answers are what they were', async () => {
  for (const first of [month.from, '2024-04-01']) {
    const { restoreArchivedMonth } = await told(
      `mutation ($month: LocalDate!) { restoreArchivedMonth(input: { month: $month }) { jobRun { id } } }`,
      { month: first },
    );
    await finish(restoreArchivedMonth.jobRun.id);
  }
  expect(await read(month)).toEqual(hot.whole);
  expect(await read(cut)).toEqual(hot.cut);
  expect(await Promise.all(reports.map(report))).toEqual(hot.reports);
});

test('the operator is told what the next night would do, and has it done at once', async () => {
  expect(plan).toMatchObject({ status: 0 });
  expect(plan.stdout).toMatch(/archive 2024-03\s+\d+ facts of 1 clients/);
  expect(plan.stdout).toMatch(/archive 2024-04\s+2 facts/);
  // Both months are back for a while.
  const now = await runCli(agency, [
    'retention',
    'plan',
    '--organization',
    agency.tenant.organizationId,
  ]);
  expect(now.stdout).toBe('There is nothing to do.\n');
  const run = await runCli(agency, ['retention', 'run']);
  expect(run.stdout).toContain('Started for 1 organizations');
  const [upkeep] = await asRoot<{ id: string }>(
    `select id from job_runs where name = 'run-upkeep' and created_at > now() - interval '1 minute'
     order by created_at desc limit 1`,
  );
  expect(await loader.rig.ended(upkeep?.id ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  expect(await read(month)).toEqual(hot.whole);
});
