import exceljs from 'exceljs';
import Papa from 'papaparse';
import { AeoAudit } from '../../src/domain/aeo-audit/aeo-audit.entity.ts';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { exportAeoAudit } from '../../src/jobs/export-aeo-audit.job.ts';
import { type PutQuestion, putAudit } from '../support/aeo-audits.ts';
import type { Answer } from '../support/ask.ts';
import { openFileDoor } from '../support/file-door.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { gatherPeople, type People, password } from '../support/people.ts';
import { readPdf } from '../support/read-pdf.ts';

const questions: PutQuestion[] = [
  {
    ...{ text: 'Which tool is best?', priority: 0.9 },
    answers: [
      {
        ...{ platform: 'OPENAI', text: '=Acme is great. Rival is fine.', cost: '0.0125' },
        ...{ cites: ['acme.example', 'reviews.example'], latencyMs: 100 },
        sentiments: { Acme: 'POSITIVE' },
      },
      { platform: 'ANTHROPIC', text: 'Rival first, then Acme.', latencyMs: 200 },
    ],
  },
  {
    ...{ text: '=What does it cost?', category: 'PRICING', priority: 0.8 },
    answers: [
      { platform: 'OPENAI', text: 'Rival costs 5.', cites: ['rival.example'], latencyMs: 300 },
      { platform: 'ANTHROPIC', text: null, errorCode: 'TIMEOUT', failures: 3 },
    ],
  },
];

let people: People;
let door: Awaited<ReturnType<typeof openFileDoor>>;
let rig: Awaited<ReturnType<typeof createJobRig>>;
let owner: Parameters<People['told']>[0];
let auditId: string;
let figures: Answer;

beforeAll(async () => {
  people = await gatherPeople();
  const { agency, client } = people;
  door = await openFileDoor(agency, 30_000);
  rig = await createJobRig(agency, [exportAeoAudit as unknown as JobDefinition]);
  rig.startWorker();
  owner = (await people.signIn(agency.owner.email, agency.owner.password)).viewer;
  const put = await putAudit(agency, client, { questions, status: 'COMPLETED_WITH_ERRORS' });
  auditId = toGlobalId('AeoAudit', put.auditId);
  figures = await people.told(
    owner,
    `query ($id: ID!) { node(id: $id) { ... on AeoAudit {
      results { counts { wanted answered failed } ${brands} byPlatform { platform ${brands} } }
      gaps { question { text } } recommendations { sentence } sources { domain citations } } } }`,
    { id: auditId },
  );
});
afterAll(async () => {
  await Promise.all([rig.close(), door.close()]);
  await people.close();
});

const brands = `brands { name visibility { value low high } shareOfVoice { value } citationRate { value } }`;
const ask = (format: string, id = auditId, viewer = owner): Promise<Answer> =>
  people.told(
    viewer,
    `mutation ($input: ExportAeoAuditInput!) { exportAeoAudit(input: $input) { jobRun { id } } }`,
    { input: { auditId: id, format } },
  );
const run = async (asked: Answer) => {
  if (!asked.jobRun) throw new Error(JSON.stringify(asked));
  const id = parseGlobalId(asked.jobRun.id)?.id ?? '';
  await rig.send(id);
  return rig.ended(id);
};

/** Ask for a report, have it made, and fetch it as a browser would. */
async function fetchReport(format: string, id = auditId): Promise<Uint8Array> {
  const job = await run(await ask(format, id));
  if (job.status !== 'SUCCEEDED') throw new Error(`${job.errorCode}: ${job.errorMessage}`);
  const { nodes } = await people.told(owner, '{ files(first: 1) { nodes { id kind name } } }');
  expect(nodes[0]).toMatchObject({
    kind: 'REPORT',
    name: expect.stringContaining(format.toLowerCase()),
  });
  const { path } = await people.byId(owner, 'createFileLink', nodes[0].id, 'path');
  return new Uint8Array(await (await door.fetch(path)).arrayBuffer());
}

test('JSON has all that the graph tells, and what the answers say', async () => {
  const report = JSON.parse(Buffer.from(await fetchReport('JSON')).toString());
  expect(report.audit).toMatchObject({ auditId, status: 'COMPLETED_WITH_ERRORS' });
  expect(report.results.counts).toMatchObject(figures.results.counts);
  expect(report.results.brands).toMatchObject(figures.results.brands);
  expect(report.results.byPlatform).toMatchObject(figures.results.byPlatform);
  expect(report.recommendations).toMatchObject(figures.recommendations);
  expect(report.sources).toMatchObject(figures.sources);
  expect(report.answers.map(({ text }: Answer) => text)).toContain('Rival costs 5.');
  expect(report.answers.every((each: Answer) => each.findings && each.citations)).toBe(true);
});

test('a workbook has a sheet for each level, typed, and a row for each answer', async () => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(await fetchReport('XLSX')) as never);
  const names = book.worksheets.map(({ name }) => name);
  expect(names).toEqual([
    ...['Key figures', 'By platform', 'By category', 'By type', 'Gaps', 'Recommendations'],
    ...['Sources', 'Statistics', 'Missing answers', 'Answers', 'About'],
  ]);
  const rowsOf = (name: string) => {
    const [head = [], ...rows] = (book.getWorksheet(name)?.getSheetValues() ?? []).slice(
      1,
    ) as unknown[][];
    return rows.map((row) =>
      Object.fromEntries([...head].map((label, at) => [label ?? '', row[at]])),
    );
  };
  expect(
    rowsOf('Key figures').map((row) => [row.Brand, row.Visibility, row['Share of voice']]),
  ).toEqual(
    figures.results.brands.map((brand: Answer) => [
      brand.name,
      brand.visibility.value,
      brand.shareOfVoice.value,
    ]),
  );
  expect(rowsOf('By platform')).toHaveLength(6);
  expect(rowsOf('Gaps').map(({ Question }) => Question)).toEqual(['=What does it cost?']);
  expect(rowsOf('Missing answers')).toMatchObject([
    { Platform: 'Anthropic', Reason: 'TIMEOUT', Answers: 1 },
  ]);
  const answers = rowsOf('Answers');
  expect(answers).toHaveLength(4);
  // A text that looks like a formula is one no more than any other.
  expect(answers[0]).toMatchObject({ Answer: expect.any(String), Repetition: 1 });
  expect(answers.map(({ Answer }) => Answer)).toContain('=Acme is great. Rival is fine.');
});

test('CSV has a line for each answer and brand, and none that a spreadsheet would run', async () => {
  const text = Buffer.from(await fetchReport('CSV')).toString();
  const { data, errors } = Papa.parse<Answer>(text.replace('\ufeff', ''), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(4 * 3);
  const own = data.filter(({ isOwn, mentions }) => isOwn === 'true' && Number(mentions) > 0);
  expect(own.length / 3).toBe(figures.results.brands[0].visibility.value);
  expect(data.filter(({ question }) => question.startsWith('='))).toEqual([]);
  expect(new Set(data.map(({ grader }) => grader))).toEqual(new Set(['by hand', '']));
  const missing = data.filter(({ status }) => status === 'FAILED');
  expect(missing.map(({ mentions, errorCode }) => [mentions, errorCode])).toEqual(
    Array(3).fill(['', 'TIMEOUT']),
  );
});

test('a document tells the figures of the graph, what is missing, and how they came about', async () => {
  const text = (await readPdf(await fetchReport('PDF'))).join(' ');
  const { visibility } = figures.results.brands[0];
  for (const share of [visibility.value, visibility.low, visibility.high]) {
    expect(text).toContain(`${(share * 100).toFixed(3)}%`);
  }
  for (const part of [
    'Key figures',
    'By platform',
    'Gaps',
    'Sources',
    'Statistics',
    'Missing answers',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain(figures.recommendations[0].sentence.slice(0, 20));
  expect(text).toContain('3 of 4 answers are there');
  expect(text).toContain('that name no brand, Acme is mentioned in 2 of 3, 67 % (95 % interval');
  expect(text).not.toContain('Cost');
  expect(text).toContain('TIMEOUT');
  expect(text).toContain('Wilson');
  expect(text).toContain('by hand; ungraded are');
});

test('an audit without answers has an honest document, and one under way has none', async () => {
  const none = questions.map(({ answers, ...question }) => ({
    ...question,
    answers: answers.map(({ platform }) => ({ platform, text: null, errorCode: 'AUTHENTICATION' })),
  }));
  const put = await putAudit(people.agency, people.client, { questions: none, status: 'FAILED' });
  const text = (await readPdf(await fetchReport('PDF', toGlobalId('AeoAudit', put.auditId)))).join(
    ' ',
  );
  expect(text).toContain('There are no answers, and so no figures.');
  expect(text).toContain('Of 4 answers that were wanted 4 failed');
  await people.rows(`update aeo_audits set status = 'RUNNING' where id = ?`, [put.auditId]);
  const open = await ask('PDF', toGlobalId('AeoAudit', put.auditId));
  expect(open).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('under way') });
});

test('a report is for analysts of the client alone, expires, is mailed, and has a size', async () => {
  const member = await people.addMember('CLIENT');
  const reader = (await people.signIn(member.email, password)).viewer;
  expect(await ask('CSV', auditId, reader)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await people.told(reader, '{ files(first: 5) { nodes { id } } }')).toEqual({ nodes: [] });
  const [row] = await people.rows<{ days: number }>(
    `select extract(day from max(expires_at) - now())::int as days from files where kind = 'REPORT'`,
  );
  expect(row?.days).toBe(179);
  const letters = await people.lettersTo(owner.email ?? '');
  expect(letters.at(-1)).toMatchObject({ kind: 'FILE_READY', client: people.client.name });
  const { policy } = rig.options.answers;
  const { reportBytes } = policy;
  policy.reportBytes = 1024;
  const tooLarge = { status: 'FAILED', errorMessage: expect.stringContaining('more than 0 MB') };
  expect(await run(await ask('JSON'))).toMatchObject({ ...tooLarge, attempt: 1 });
  // What answers say is too much by itself, and no more of it is read.
  policy.reportBytes = 10;
  expect(await run(await ask('XLSX'))).toMatchObject({ ...tooLarge, attempt: 1 });
  policy.reportBytes = reportBytes;
  const audit = await people.agency.database.withTenant(people.agency.tenant, (em) =>
    em.findOneOrFail(AeoAudit, parseGlobalId(auditId)?.id ?? ''),
  );
  expect(audit.answersRemovedAt).toBeNull();
  await people.rows(
    `insert into job_runs (organization_id, name, queue, payload, max_attempts, run_at, requested_by)
     select organization_id, name, queue, payload, 1, now() + interval '1 day', requested_by
     from job_runs, generate_series(1, 20) where name = 'export-aeo-audit' limit 20`,
  );
  expect(await ask('CSV')).toMatchObject({ code: 'RATE_LIMITED' });
});
