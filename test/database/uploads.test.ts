import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { parse } from 'graphql';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { UploadPreview } from '../../src/domain/upload/upload-preview.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { previewUpload } from '../../src/jobs/preview-upload.job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { openUploadDoors } from '../support/upload-doors.ts';
import { rowsXml, workbookOf } from '../support/workbook.ts';

const header =
  'Day,Campaign name,Ad set name,Ad name,Impressions,Link clicks,Purchases,Amount spent (USD),Delivery';
const [first, second] = ['2026-01-05', '2026-01-06'];

/** An export of Ads Manager of two days, with its totals. */
function exported(impressions = 1_000, more: string[] = []): string {
  const rows = [first, second].flatMap((day) => [
    `${day},Brand,Geo,Video A,${impressions},20,2,12.34,active`,
    `${day},Brand,Geo,Video B,${impressions},10,1,5,active`,
    `${day},,,,${2 * impressions},30,3,17.34,`,
  ]);
  return `${[header, ...rows, ...more].join('\n')}\n`;
}

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let doors: Awaited<ReturnType<typeof openUploadDoors>>;
let feed: Feed;
let clients = 0;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  const jobs = [ingestFeed, previewUpload, runUpkeep] as unknown as JobDefinition[];
  loader = await createLoader(agency, jobs);
  doors = await openUploadDoors(agency, loader.rig, agency.actor);
});
afterAll(async () => {
  await doors.close();
  await Promise.all([loader.close(), graph.close()]);
  await agency.close();
});
beforeEach(async () => {
  clients += 1;
  const client = await addClient(agency, `Client ${clients}`);
  const settings = { source: 'FACEBOOK', name: 'Facebook', bucket: null, keyPattern: null };
  feed = await addFeed(agency, client, settings);
});
afterEach(() => expect(doors.failures.splice(0)).toEqual([]));

const sessionId = '00000000-0000-4000-8000-000000000001';
const rowId = (id: string) => fromGlobalId(parseGlobalId(id)?.type ?? '', id);

/** Ask the graph as the agency's owner, who has a session. */
async function ask<T>(document: string, variables: object = {}): Promise<T> {
  const session = { id: sessionId, tokenEndsAt: new Date('2100-01-01'), mustEnrol: false };
  const viewer = { ...agency.actor, session };
  const { result } = await graph.run(viewer, parse(document) as never, variables);
  const [error] = result.errors ?? [];
  if (error) throw error.originalError ?? error;
  return result.data as T;
}

async function create(content: string, more: object = {}) {
  const input = {
    ...{ feedId: toGlobalId('Feed', feed.id), fileName: 'export.csv' },
    ...{ sizeBytes: Buffer.byteLength(content), ...more },
  };
  const { createUpload } = await ask<{ createUpload: { path: string; upload: { id: string } } }>(
    'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { path upload { id } } }',
    { input },
  );
  return createUpload;
}

/** Do a job, by its id in the graph. */
async function done(jobId: string): Promise<string> {
  await loader.rig.send(rowId(jobId));
  return (await loader.rig.ended(rowId(jobId))).status;
}

interface Looked {
  state: string;
  columnMapping: { name: string } | null;
  run: object | null;
  preview: UploadPreview;
}

/** An upload, once it was looked at. */
async function look(id: string): Promise<Looked> {
  const job = await ask<{ node: { previewJob: { id: string } } }>(
    'query ($id: ID!) { node(id: $id) { ... on Upload { previewJob { id } } } }',
    { id },
  );
  await done(job.node.previewJob.id);
  const { node } = await ask<{ node: Looked }>(
    `query ($id: ID!) { node(id: $id) { ... on Upload {
       state columnMapping { name } run { id }
       preview {
         rowsRead rowsRejected rejections { rule rows samples { line message } } columns { header field }
         otherColumns remarks
         days { date status reason version totalsBefore { impressions } totalsAfter { rows impressions clicks spend } }
       }
     } } }`,
    { id },
  );
  return node;
}

interface Changed {
  upload: { state: string; run: { jobRun: { id: string } } };
}
async function change(name: string, id: string): Promise<Changed['upload']> {
  const text = `mutation ($id: ID!) { changed: ${name}(id: $id) { upload { state run { jobRun { id } } } } }`;
  return (await ask<{ changed: Changed }>(text, { id })).changed.upload;
}

test('a file is sent by a link, looked at without a change, and loaded once it is confirmed', async () => {
  const file = exported(1_000, [`${second},Brand,Geo,Video C,100,200,0,1,active`]);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const { path, upload } = await create(file, { sha256 });

  expect((await doors.put(path.replace(/ticket=.{20}/, 'ticket=x'), file)).status).toBe(401);
  const shorter = await doors.put(path, file.slice(1));
  expect([shorter.status, await shorter.text()]).toEqual([400, expect.stringMatching(/announced/)]);
  const changed = await doors.put(path, file.replace('Video A', 'Video X'));
  expect([changed.status, await changed.text()]).toEqual([400, expect.stringMatching(/SHA-256/)]);
  doors.ended.push(sessionId);
  expect((await doors.put(path, file)).status).toBe(401);
  doors.ended.pop();
  expect((await doors.put(path, file)).status).toBe(202);
  expect((await doors.put(path, file)).status).toBe(409);

  const { state, preview, run } = await look(upload.id);
  expect([state, run]).toEqual(['READY', null]);
  expect(preview).toMatchObject({
    ...{ rowsRead: 5, rowsRejected: 1, otherColumns: ['Delivery'] },
    remarks: expect.arrayContaining([
      'It has no column of revenue, so that revenue is not known for its days.',
      "The export's total of clicks on 2026-01-06 is 30, but its rows add up to 230.",
    ]),
    rejections: [
      {
        ...{ rule: 'CLICKS_EXCEED_IMPRESSIONS', rows: 1 },
        samples: [{ line: 8, message: 'clicks (200) exceed impressions (100)' }],
      },
    ],
    days: [first, second].map((date) => ({
      ...{ date, status: 'APPLIED', reason: null, version: 0, totalsBefore: null },
      totalsAfter: { rows: 2, impressions: 2000, clicks: 30, spend: '30' },
    })),
  });
  expect(preview.columns).toContainEqual({ header: 'Amount spent (USD)', field: 'mediaCost' });
  expect(await loader.facts(feed, first)).toEqual([]);
  const names = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select from campaigns where client_id = ?', [feed.clientId]),
  );
  expect(names).toEqual([]);

  const confirmed = await change('confirmUpload', upload.id);
  expect(confirmed.state).toBe('CONFIRMED');
  expect((await change('confirmUpload', upload.id)).run).toEqual(confirmed.run);
  expect(await done(confirmed.run.jobRun.id)).toBe('SUCCEEDED');
  expect(await loader.facts(feed, second)).toMatchObject([
    { creative: 'Video A', impressions: '1000', clicks: '20' },
    { creative: 'Video B', impressions: '1000', clicks: '10' },
  ]);
  await expect(change('discardUpload', upload.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  const entries = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ action: string }[]>(
      `select action from audit_log where entity_type = 'Upload' and entity_id = ? order by at, id`,
      [rowId(upload.id)],
    ),
  );
  expect(entries.map(({ action }) => action)).toEqual(['CREATE', 'RECEIVE', 'CONFIRM']);
});

test('a form is loaded at once where it overwrites nothing, and only when it is told to where it would', async () => {
  const feedId = toGlobalId('Feed', feed.id);
  const send = (content: string, more = {}) =>
    doors.post({ feedId, ...more }, { name: 'export.csv', content });

  const wrong = ['2026-01-07', '2026-13-01'].map(
    (day) => `${day},Brand,Geo,Video A,x,1,0,1,active`,
  );
  const loaded = await send(exported(1_000, wrong));
  expect(loaded).toMatchObject({ status: 201, body: { run: { status: 'PARTIAL' } } });
  expect(loaded.body.run.days).toMatchObject([
    { date: first, status: 'APPLIED', rowsRead: 3, totalsAfter: { impressions: 2000 } },
    { date: second, status: 'APPLIED', rowsRead: 2 },
    { date: '2026-01-07', status: 'FAILED', reason: 'The only row of this day is not valid.' },
  ]);
  expect(loaded.body.upload.preview.days[2]).toMatchObject({ status: 'FAILED', version: 0 });
  const retry = 'mutation ($id: ID!) { retryRun(id: $id) { run { id } } }';
  await expect(ask(retry, { id: loaded.body.run.id })).rejects.toThrow(/upload it again/);
  expect(await send(exported())).toMatchObject({
    status: 201,
    body: { run: { days: [{ status: 'UNCHANGED' }, { status: 'UNCHANGED' }] } },
  });

  const refused = await send(exported(3_000));
  expect(refused).toMatchObject({
    status: 409,
    body: {
      error: { code: 'CONFLICT', message: expect.stringMatching(/2026-01-05.*apply=true/) },
      upload: { state: 'READY' },
      run: null,
    },
  });
  expect(refused.body.upload.preview.days[0]).toMatchObject({
    ...{ version: 1, status: 'APPLIED' },
    totalsBefore: { impressions: 2000, spend: '30' },
    totalsAfter: { impressions: 6000, spend: '90' },
  });
  const key = { apply: 'true', idempotencyKey: `again-${clients}` };
  const applied = await send(exported(4_000), key);
  expect(applied).toMatchObject({ status: 201, body: { run: { status: 'SUCCEEDED' } } });
  expect((await send(exported(4_000), key)).body.run.id).toBe(applied.body.run.id);
  const another = await send(exported(4_100), key);
  expect([another.status, another.body.error?.message]).toEqual([
    409,
    'Another file was sent under this idempotency key.',
  ]);

  await expect(change('confirmUpload', refused.body.upload.id)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/2026-01-05 has moved on.*previewUpload/),
  });
  await change('previewUpload', refused.body.upload.id);
  const { preview } = await look(refused.body.upload.id);
  expect(preview.days[0]).toMatchObject({ version: 2, totalsBefore: { impressions: 8000 } });

  const atOnce = ['Video X', 'Video Y'].map((name) =>
    send(exported().replaceAll('2026-01', '2026-02').replaceAll('Video A', name)),
  );
  const statuses = (await Promise.all(atOnce)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([201, 409]);

  const held = await send(exported(40), { apply: 'true' });
  expect(held).toMatchObject({ status: 202, body: { run: { status: 'HELD' } } });
  expect(held.body.run.days[0]?.reason).toMatch(/80 impressions would replace 8000/);
  expect(await loader.facts(feed, first)).toMatchObject([{ impressions: '4000' }, {}]);
});

test('columns that others name otherwise are mapped by hand, for good, and found by their header', async () => {
  const header = ['Tag', 'Kampagne', 'Gruppe', 'Anzeige', 'Views', 'Klicks', 'Käufe'];
  const fields = [
    'date',
    'campaign',
    'strategy',
    'creative',
    'impressions',
    'clicks',
    'conversions',
  ];
  const cells = [header, [first, 'Marke', 'Nord', 'Film', '500', '5', '1']];
  const content = workbookOf(rowsXml(cells));
  const columns = header.map((each, index) => ({ header: each, field: fields[index] }));
  const feedId = toGlobalId('Feed', feed.id);
  const input = {
    ...{ clientId: toGlobalId('Client', feed.clientId), source: 'FACEBOOK', name: 'Deutsch' },
    ...{ columns, header: header.toReversed() },
  };
  const saving =
    'mutation ($input: CreateColumnMappingInput!) { createColumnMapping(input: $input) { columnMapping { id isAutomatic columns { header field } } } }';
  await expect(
    ask(saving, { input: { ...input, columns: [{ header: 'Tag', field: 'reportingStarts' }] } }),
  ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message: /there are: date, campaign/ });

  const unknown = await doors.post({ feedId }, { name: 'bericht.csv', content });
  expect(unknown).toMatchObject({
    status: 400,
    body: {
      upload: { state: 'REFUSED', reason: expect.stringMatching(/lacks.*Its header is: Tag/) },
    },
  });
  expect(await ask(saving, { input })).toMatchObject({
    createColumnMapping: { columnMapping: { isAutomatic: true, columns } },
  });
  const loaded = await doors.post({ feedId }, { name: 'bericht.csv', content });
  expect(loaded).toMatchObject({ status: 201, body: { run: { status: 'SUCCEEDED' } } });
  expect(await loader.facts(feed, first)).toMatchObject([{ creative: 'Film', impressions: '500' }]);
  const { columnMapping } = await look(loaded.body.upload.id);
  expect(columnMapping).toEqual({ name: 'Deutsch' });
});

test.each([
  ['an empty file', '', /is empty/],
  ['a header only', `${header}\n`, /header but no rows/],
  ['no day', exported().replaceAll('Day,', 'Dag,'), /lacks: Day/],
  ['another currency', exported().replace('USD', 'EUR'), /in EUR, the feed's in USD/],
  ['days to come', exported().replaceAll('2026', '2126'), /Only 0 of 4 rows are valid/],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), /a picture/],
])('of %s nothing is loaded, and it is said why', async (_, content, reason) => {
  const feedId = toGlobalId('Feed', feed.id);
  const { status, body } = await doors.post(
    { feedId },
    { name: 'a.csv', content: content as string },
  );
  const { error, upload } = body;
  expect([status, upload?.reason ?? error?.message]).toEqual([400, expect.stringMatching(reason)]);
  const days = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select from slices where feed_id = ?', [feed.id]),
  );
  expect(days).toEqual([]);
});

test('names that are paths, fields that are none, and what is larger than a file may be are refused', async () => {
  const feedId = toGlobalId('Feed', feed.id);
  const content = exported();
  const told = async (fields: Record<string, string>, file?: { name: string; content: string }) => {
    const { status, body } = await doors.post(fields, file);
    return [status, body.error?.message];
  };
  const named = (name: string) => told({ feedId }, { name, content });
  const plain = [400, expect.stringMatching(/no folders or control characters/)];
  expect(await named('../../etc/passwd')).toEqual(plain);
  expect(await named('a\\b.csv')).toEqual(plain);
  expect(await rawPost('a\0.csv')).toMatch(/no folders or control characters|cannot be read/);
  expect(await told({ feedId })).toEqual([400, expect.stringMatching(/Give a file/)]);
  const file = { name: 'a.csv', content };
  expect(await told({}, file)).toEqual([400, expect.stringMatching(/Give the field feedId/)]);
  expect(await told({ feedId, role: 'x' }, file)).toEqual([
    400,
    expect.stringMatching(/no field "role"/),
  ]);
  const large = { name: 'a.csv', content: 'x'.repeat(200_000) };
  expect(await told({ feedId }, large)).toEqual([
    400,
    expect.stringMatching(/at most 100000 bytes/),
  ]);
  await expect(create(content, { sizeBytes: 60_000_000 })).rejects.toMatchObject({
    message: 'A file has at most 50 MB.',
  });
});

/** A form as no honest client writes it. @returns the whole answer. */
async function rawPost(name: string): Promise<string> {
  const socket = connect(doors.port, '127.0.0.1');
  const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\nx\r\n--b--\r\n`;
  socket.write(
    `POST /uploads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  return text(socket);
}

test('what is discarded is removed, and confirmed by nobody', async () => {
  const file = exported();
  const { path, upload } = await create(file);
  expect((await doors.put(path, file)).status).toBe(202);
  await look(upload.id);
  await change('discardUpload', upload.id);
  await expect(change('confirmUpload', upload.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  const kept = () =>
    agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ storage_key: string }[]>('select storage_key from files where client_id = ?', [
        feed.clientId,
      ]),
    );
  const [row] = await kept();
  const jobId = await loader.rig.add(runUpkeep as unknown as JobDefinition, {});
  await loader.rig.send(jobId);
  expect((await loader.rig.ended(jobId)).status).toBe('SUCCEEDED');
  expect(await kept()).toEqual([]);
  await expect(doors.store.readKept(row?.storage_key ?? '')).rejects.toMatchObject({
    code: 'UPSTREAM_FAILED',
  });
});
