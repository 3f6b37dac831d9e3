import { createHash } from 'node:crypto';
import { today } from '../../src/domain/calendar.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { rangeOf } from '../../src/domain/range-preset.ts';
import { createMailer } from '../../src/infra/mail/create-mailer.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { issueReport } from '../../src/jobs/issue-report.job.ts';
import { recomputeSpend } from '../../src/jobs/recompute-spend.job.ts';
import { sendMail } from '../../src/jobs/send-mail.job.ts';
import { addFeed } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { openFileDoor } from '../support/file-door.ts';
import { createLoader } from '../support/loader.ts';
import { type MailServer, partOf, startMailServer } from '../support/mail-server.ts';
import { gatherPeople, type People, password } from '../support/people.ts';
import { readPdf } from '../support/read-pdf.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const week = { from: '2026-01-05', to: '2026-01-11' };

let people: People;
let mails: MailServer;
let door: Awaited<ReturnType<typeof openFileDoor>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let owner: Viewer;
let clientId: string;

beforeAll(async () => {
  [people, mails] = await Promise.all([gatherPeople(), startMailServer()]);
  const { agency } = people;
  const from = 'Mediagraph <no-reply@mediagraph.example>';
  const settings = {
    from,
    requiresTls: false,
    appUrl: 'https://app.example/',
    folder: '/dev/null',
  };
  const mailer = createMailer({ ...settings, smtpUrl: mails.url }, silent);
  const jobs = [ingestFeed, issueReport, recomputeSpend, { ...sendMail, backoffMs: 10 }];
  loader = await createLoader(agency, jobs as unknown as JobDefinition[], undefined, mailer);
  door = await openFileDoor(agency, 30_000);
  owner = (await people.signIn(agency.owner.email, agency.owner.password)).viewer;
  clientId = toGlobalId('Client', people.client.id);
});
afterAll(async () => {
  await Promise.all([loader.close(), door.close(), mails.close()]);
  await people.close();
});

const fields = `id name fromDate toDate issuedAt sha256 rowCount currency figures { metric value }
  jobRun { id } file { id name sha256 expiresAt } deliveries { email status error }
  changesSince { figures { metric issued now } days { date figures { metric issued now }
    causes { cause run { id } jobRun { id } media { id } } } }`;

const define = async (input: object): Promise<Answer> =>
  people.told(
    owner,
    `mutation ($input: CreateReportDefinitionInput!) { createReportDefinition(input: $input) {
       reportDefinition { id name emails roles timing { frequency time weekday } nextIssueAt } } }`,
    {
      input: {
        clientId,
        rangePreset: 'LAST_WEEK',
        metrics: ['IMPRESSIONS', 'SPEND', 'CTR'],
        ...input,
      },
    },
  );
const ask = (reportDefinitionId: string, more: object = {}): Promise<Answer> =>
  people.told(
    owner,
    `mutation ($input: IssueReportInput!) { issueReport(input: $input) { issuedReport { ${fields} } } }`,
    { input: { reportDefinitionId, range: week, ...more } },
  );
const read = (viewer: Viewer, id: string, selection = fields): Promise<Answer> =>
  people.told(
    viewer,
    `query ($id: ID!) { node(id: $id) { ... on IssuedReport { ${selection} } } }`,
    {
      id,
    },
  );

async function finish(jobRunId: string): Promise<void> {
  const id = fromGlobalId('JobRun', jobRunId);
  await loader.rig.send(id);
  expect(await loader.rig.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
}

/** Have a report issued, and its mails sent or given up. */
async function issue(reportDefinitionId: string, more: object = {}): Promise<Answer> {
  const { issuedReport } = await ask(reportDefinitionId, more);
  await finish(issuedReport.jobRun.id);
  await until('all was mailed', async () => {
    const { deliveries } = await read(owner, issuedReport.id, 'deliveries { status }');
    return deliveries.every(({ status }: Answer) => status !== 'QUEUED');
  });
  return read(owner, issuedReport.id);
}

async function fetched(viewer: Viewer, fileId: string): Promise<Uint8Array> {
  const { path } = await people.byId(viewer, 'createFileLink', fileId, 'path');
  return new Uint8Array(await (await door.fetch(path)).arrayBuffer());
}

test('a report stays as it was issued, and tells which of its days were restated by what', async () => {
  const { agency, client } = people;
  const feed = await addFeed(agency, client);
  const put = (date: string, rows: Parameters<typeof surfsideRow>[0][]) =>
    agency.bucket.put(`report-${date}.csv`, surfsideFile(date, rows.map(surfsideRow)));
  await put('2026-01-05', [{}, { campaign: 'Sale' }]);
  await put('2026-01-06', [{ impressions: 3000 }]);
  await loader.load(feed, { from: '2026-01-05', to: '2026-01-06' });
  const reader = await people.addMember('CLIENT');

  const emails = ['boss@client.example', 'Gone@client.example'];
  const input = { name: 'Weekly', emails, roles: ['CLIENT'], idempotencyKey: 'weekly' };
  const { reportDefinition } = await define(input);
  expect(await define(input)).toMatchObject({ reportDefinition });
  expect(reportDefinition.emails).toEqual(['boss@client.example', 'gone@client.example']);
  const once = { idempotencyKey: 'first' };
  const { issuedReport: draft } = await ask(reportDefinition.id, once);
  expect(draft).toMatchObject({ issuedAt: null, figures: null, file: null });
  expect(await read(reader, draft.id, 'id')).toBeNull();

  // One mail is to come again, and is then refused for good: nothing else fails.
  const to = 'gone@client.example';
  mails.refusals.push({ at: 'RCPT', code: 451, to }, { at: 'RCPT', code: 550, to });
  const report = await issue(reportDefinition.id, once);
  expect(report.id).toBe(draft.id);
  expect(report.deliveries).toHaveLength(3);
  expect(report.deliveries).toEqual(
    expect.arrayContaining([
      { email: 'boss@client.example', status: 'SENT', error: null },
      { email: to, status: 'FAILED', error: expect.stringContaining('550') },
      { email: reader.email, status: 'SENT', error: null },
    ]),
  );
  expect(mails.refusals).toEqual([]);
  const letter = mails.taken.find((mail) => mail.to[0] === 'boss@client.example')?.raw ?? '';
  expect(letter).toContain('Subject: Weekly: Acme, 2026-01-05 to 2026-01-11');
  expect(partOf(letter, 'text/plain')).toContain(`https://app.example/files#id=${report.file.id}`);

  const figures = [
    { metric: 'IMPRESSIONS', value: '5000' },
    { metric: 'SPEND', value: '75' },
    { metric: 'CTR', value: '0.006' },
  ];
  expect(report).toMatchObject({
    figures,
    currency: 'USD',
    rowCount: 2,
    file: { expiresAt: null },
  });
  expect(report.changesSince).toEqual({ figures: [], days: [] });
  const signedIn = (await people.signIn(reader.email, password)).viewer;
  const bytes = await fetched(signedIn, report.file.id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect([report.sha256, report.file.sha256]).toEqual([sha256, sha256]);
  const pages = (await readPdf(bytes)).join(' ');
  for (const text of ['Weekly', 'Key figures', '5,000', 'Top campaigns', 'Details'])
    expect(pages).toContain(text);

  // A newer file, another price and a merge, each on the days that it is about.
  await put('2026-01-05', [{ impressions: 4000 }, { campaign: 'Sale' }]);
  const { run } = await loader.load(feed, '2026-01-05');
  const card = { clientId, cpm: '20', effectiveFrom: '2026-01-06', effectiveTo: '2026-01-06' };
  await people.told(
    owner,
    'mutation ($input: SetRateCardInput!) { setRateCard(input: $input) { rateCard { id } } }',
    { input: card },
  );
  const priced = await people.rows<{ id: string }>(
    `select id from job_runs where name = 'recompute-spend'`,
  );
  for (const { id } of priced) await finish(toGlobalId('JobRun', id));
  const named = await people.rows<{ id: string; name: string }>('select id, name from campaigns');
  const media = (name: string) =>
    toGlobalId('Campaign', named.find((each) => each.name === name)?.id ?? '');
  const merge = { mediaId: media('Sale'), intoMediaId: media('Brand') };
  await people.told(
    owner,
    'mutation ($input: MergeEntitiesInput!) { mergeEntities(input: $input) { __typename } }',
    { input: merge },
  );

  const { changesSince, ...same } = await read(owner, report.id);
  const { changesSince: _, ...issued } = report;
  expect(same).toEqual(issued);
  expect(await fetched(signedIn, report.file.id)).toEqual(bytes);
  const none = { run: null, jobRun: null, media: null };
  expect(changesSince).toEqual({
    figures: [
      { metric: 'IMPRESSIONS', issued: '5000', now: '8000' },
      { metric: 'SPEND', issued: '75', now: '135' },
      { metric: 'CTR', issued: '0.006', now: '0.00375' },
    ],
    days: [
      {
        date: '2026-01-05',
        figures: [
          { metric: 'IMPRESSIONS', issued: '2000', now: '5000' },
          { metric: 'SPEND', issued: '30', now: '75' },
          { metric: 'CTR', issued: '0.01', now: '0.004' },
        ],
        causes: [
          { ...none, cause: 'INGESTION', run: { id: toGlobalId('IngestionRun', run.id) } },
          { ...none, cause: 'MERGE', media: { id: merge.mediaId } },
        ],
      },
      {
        date: '2026-01-06',
        figures: [
          { metric: 'IMPRESSIONS', issued: '3000', now: '3000' },
          { metric: 'SPEND', issued: '45', now: '60' },
          { metric: 'CTR', issued: '0.003333333333', now: '0.003333333333' },
        ],
        causes: [
          {
            ...none,
            cause: 'RATE_CARD',
            jobRun: { id: toGlobalId('JobRun', priced[0]?.id ?? '') },
          },
        ],
      },
    ],
  });
  await expect(
    people.rows(`update issued_reports set name = 'Other' where issued_at is not null`),
  ).rejects.toThrow('stays as it is');
});

test('clients see what is issued for them, and neither definitions nor internal metrics', async () => {
  const reader = await people.addMember('CLIENT');
  const internal = { name: 'Internal', metrics: ['SPEND', 'MARGIN'], format: 'CSV' };
  expect(await define({ ...internal, roles: ['CLIENT'] })).toMatchObject({
    code: 'BAD_USER_INPUT',
  });
  const { reportDefinition } = await define(internal);
  expect(await define(internal)).toMatchObject({ code: 'CONFLICT', fields: ['name'] });
  const report = await issue(reportDefinition.id);
  expect(report).toMatchObject({ deliveries: [], figures: [{ value: '135' }, { value: null }] });

  const told = await people.told(reader, '{ issuedReports { nodes { name } } }');
  expect(told.nodes).toEqual([{ name: 'Weekly' }]);
  expect(await read(reader, report.id, 'id')).toBeNull();
  const link = await people.byId(reader, 'createFileLink', report.file.id, 'path');
  expect(link).toMatchObject({ code: 'NOT_FOUND' });
  for (const question of [
    '{ reportDefinitions { nodes { id } } }',
    '{ issuedReports { nodes { deliveries { email } } } }',
  ])
    expect(await people.told(reader, question)).toMatchObject({ code: 'FORBIDDEN' });
  const definition = `{ node(id: "${reportDefinition.id}") { id } }`;
  expect(await people.told(reader, definition)).toBeNull();
});

test('a report of days without data says so', async () => {
  const { reportDefinition } = await define({ name: 'Empty', locale: 'de-DE' });
  const range = { from: '2026-02-02', to: '2026-02-08' };
  const report = await issue(reportDefinition.id, { range });
  expect(report).toMatchObject({
    rowCount: 0,
    figures: [{ value: null }, { value: null }, { value: null }],
  });
  const pages = (await readPdf(await fetched(owner, report.file.id))).join(' ');
  expect(pages).toContain('There are no data of these days.');
  expect(pages).not.toContain('Details');

  // Each is mailed to many: so many are asked for within an hour.
  await people.rows(
    `insert into issued_reports (organization_id, client_id, definition_id, name, from_date, to_date, dimensions,
       metrics, sections, format, locale, for_role, requested_by)
     select organization_id, client_id, definition_id, name, from_date, to_date, dimensions,
       metrics, sections, format, locale, for_role, requested_by
     from issued_reports, generate_series(2, 50) where definition_id = ?`,
    [fromGlobalId('ReportDefinition', reportDefinition.id)],
  );
  expect(await ask(reportDefinition.id)).toMatchObject({ code: 'RATE_LIMITED' });
});

test('a report is issued on schedule, of the days that are over by the clock of its client', async () => {
  const timing = { frequency: 'WEEKLY', time: '06:30', weekday: 2 };
  const input = { name: 'On Tuesdays', format: 'XLSX', timing };
  expect(await define({ ...input, timing: { ...timing, time: '6:30' } })).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['time'],
  });
  const { reportDefinition } = await define(input);
  expect(reportDefinition).toMatchObject({
    timing,
    nextIssueAt: expect.stringMatching('T06:30:00'),
  });
  expect(new Date(reportDefinition.nextIssueAt).getUTCDay()).toBe(2);
  const change = (changes: object) =>
    people.told(
      owner,
      `mutation ($input: UpdateReportDefinitionInput!) { updateReportDefinition(input: $input) {
         reportDefinition { nextIssueAt timing { frequency } } } }`,
      { input: { id: reportDefinition.id, ...changes } },
    );
  await people.told(
    owner,
    'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { client { id } } }',
    { input: { id: clientId, timeZone: 'Asia/Tokyo' } },
  );
  expect(await change({ name: 'On Wednesdays', timing: { ...timing, weekday: 3 } })).toMatchObject({
    reportDefinition: { nextIssueAt: expect.stringMatching('T21:30:00') },
  });

  const before = rangeOf('LAST_WEEK', { today: today('Asia/Tokyo'), weekStartsOn: 1 });
  await people.rows(`update schedules set next_run_at = now() where job_name = 'issue-report'`);
  await loader.rig.sweep();
  const issued = async () =>
    (
      await people.told(
        owner,
        `query ($id: ID!) { issuedReports(filter: { reportDefinitionId: $id }) { nodes { ${fields} } } }`,
        { id: reportDefinition.id },
      )
    ).nodes as Answer[];
  await until('it is issued', async () => Boolean((await issued())[0]?.issuedAt));
  const [report, ...others] = await issued();
  expect(others).toEqual([]);
  // Midnight may have passed meanwhile.
  const after = rangeOf('LAST_WEEK', { today: today('Asia/Tokyo'), weekStartsOn: 1 });
  expect([before, after]).toContainEqual({ from: report?.fromDate, to: report?.toDate });
  expect(report).toMatchObject({
    name: 'On Wednesdays',
    file: { name: expect.stringMatching(/\.xlsx$/) },
  });

  expect(await change({ timing: null })).toEqual({
    reportDefinition: { nextIssueAt: null, timing: null },
  });
  const removed = await people.byId(
    owner,
    'removeReportDefinition',
    reportDefinition.id,
    'reportDefinition { removedAt }',
  );
  expect(removed.reportDefinition.removedAt).not.toBeNull();
  expect(await ask(reportDefinition.id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await issued()).toEqual([report]);
});
