import { Client } from 'pg';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { addClient, addOrganization, findActor } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { type MetricsExports, openMetricsExports } from '../support/metrics-exports.ts';
import { password } from '../support/people.ts';

let exports: MetricsExports;
let owner: MetricsExports['owner'];
let input: { format: string; dimensions: string[]; metrics: string[]; range: object };

beforeAll(async () => {
  exports = await openMetricsExports();
  ({ owner } = exports);
  await exports.put([{ date: '2026-01-05' }, { date: '2026-01-06', campaign: 'Other' }]);
  const range = { from: '2026-01-01', to: '2026-01-31' };
  input = {
    format: 'CSV',
    dimensions: ['DATE', 'CAMPAIGN'],
    metrics: ['IMPRESSIONS', 'SPEND'],
    range,
  };
});
afterAll(() => exports.close());

const idsOf = async (viewer: MetricsExports['owner'], list: 'files' | 'metricsExports') =>
  (await exports.people.told(viewer, `{ ${list} { nodes { id } } }`)).nodes.map(
    ({ id }: Answer) => id,
  );

test('what cannot be exported is a clear error', async () => {
  const { people, ask, clientId } = exports;
  const foreign = await addOrganization(people.agency, {
    email: 'foreign@x.example',
    password,
  });
  const actor = await findActor(people.agency.database, foreign);
  const theirs = await addClient({ ...people.agency, tenant: foreign, actor });
  const missing = 'ccf7ab54-3d3f-4e1c-93b1-2a3a3f6f3a55';
  const problems: [change: object, problem: object][] = [
    [
      { filters: { clientIds: [toGlobalId('Client', theirs.id)] } },
      { code: 'NOT_FOUND', fields: ['clientIds'] },
    ],
    [{ filters: { clientIds: [clientId, toGlobalId('Client', missing)] } }, { code: 'NOT_FOUND' }],
    [
      { filters: { campaignIds: [toGlobalId('Campaign', missing)] } },
      { message: 'There is no such campaign.' },
    ],
    [{ metrics: [] }, { code: 'BAD_USER_INPUT', fields: ['metrics'] }],
    [
      { metrics: ['SPENT'] },
      { message: expect.stringContaining('"SPENT" does not exist in "MetricName"') },
    ],
    [
      { format: 'DOC' },
      { message: expect.stringContaining('"DOC" does not exist in "ExportFormat"') },
    ],
    [{ range: { from: '2026-02-01', to: '2026-01-01' } }, { code: 'BAD_USER_INPUT' }],
    [{ orderBy: { key: 'nothing' } }, { code: 'BAD_USER_INPUT', fields: ['orderBy'] }],
    [{ options: { locale: 'no language' } }, { code: 'BAD_USER_INPUT', fields: ['locale'] }],
  ];
  for (const [change, problem] of problems) {
    expect(await ask(owner, { ...input, ...change })).toMatchObject(problem);
  }
  const { metricsExport } = await ask(owner, input);
  const stranger = { ...owner, ...foreign, userId: actor.userId };
  expect(await exports.again(stranger, metricsExport.id)).toBeNull();
  expect(
    await people.byId(stranger, 'cancelMetricsExport', metricsExport.id, '__typename'),
  ).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await idsOf(stranger, 'metricsExports')).toEqual([]);
});

test('the same key gives the same export, to who chose it', async () => {
  const { ask, people } = exports;
  const asked = { ...input, idempotencyKey: 'January' };
  const [first, second] = [await ask(owner, asked), await ask(owner, asked)];
  expect(second.metricsExport.id).toBe(first.metricsExport.id);
  expect(await ask(owner, { ...asked, format: 'PDF' })).toMatchObject({ code: 'CONFLICT' });
  const analyst = await people.addMember('ANALYST');
  expect(await ask(analyst, asked)).toMatchObject({ code: 'CONFLICT' });
});

test('20 of one person are under way, however many are asked for at once', async () => {
  const flooder = await exports.people.addMember('ANALYST');
  const answers = await Promise.all(Array.from({ length: 25 }, () => exports.ask(flooder, input)));
  expect(answers.filter(({ metricsExport }) => metricsExport)).toHaveLength(20);
  expect(answers.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(5);
});

test('an export is for who asked, with what they see, and for administrators', async () => {
  const { people, ask, fetch, signedIn, client } = exports;
  const elsewhere = await addClient(people.agency, 'Elsewhere');
  const analyst = await signedIn((await people.addMember('ANALYST')).email);
  const other = await signedIn((await people.addMember('ANALYST')).email);
  const { made } = await fetch(analyst, { ...input, metrics: ['SPEND', 'MARGIN'] });
  expect(await idsOf(analyst, 'files')).toEqual([made.file.id]);
  expect(await idsOf(other, 'files')).toEqual([]);
  expect(await exports.again(other, made.id)).toBeNull();
  expect(await idsOf(owner, 'files')).toContain(made.file.id);
  const letters = await people.lettersTo(analyst.email ?? '');
  expect(letters).toMatchObject([{ kind: 'FILE_READY', fileName: made.file.name }]);

  // A client's people see their clients only, and nothing internal.
  const viewer = await signedIn((await people.addMember('CLIENT')).email);
  expect(await ask(viewer, { ...input, metrics: ['MARGIN'] })).toMatchObject({ code: 'FORBIDDEN' });
  const filters = { clientIds: [toGlobalId('Client', elsewhere.id)] };
  expect(await ask(viewer, { ...input, filters })).toMatchObject({ code: 'NOT_FOUND' });
  const { made: own, bytes } = await fetch(viewer, input);
  expect(own).toMatchObject({ client: { name: client.name }, rowCount: 2 });
  expect(Buffer.from(bytes).toString()).toContain('2026-01-05');
  expect(await idsOf(viewer, 'files')).toEqual([own.file.id]);
  // Who sees another client from now on has no use of it any more; who sees less, none of what is internal.
  const moved = { ...viewer, clientIds: [elsewhere.id] };
  expect(await idsOf(moved, 'files')).toEqual([]);
  expect(await people.byId(moved, 'createFileLink', own.file.id, 'path')).toMatchObject({
    code: 'NOT_FOUND',
  });
  const lowered = { ...analyst, role: 'CLIENT' as const, clientIds: [client.id, elsewhere.id] };
  expect(await idsOf(lowered, 'files')).toEqual([]);
});

test('who leaves before it is made gets nothing', async () => {
  const { people, ask, rig, jobOf } = exports;
  const analyst = await people.addMember('ANALYST');
  const { metricsExport } = await ask(analyst, input);
  await people.rows('update memberships set disabled_at = now() where user_id = ?', [
    analyst.userId,
  ]);
  const jobRunId = await jobOf(owner, metricsExport.id);
  await rig.send(jobRunId);
  await rig.until(jobRunId, ({ errorCode }) => errorCode === 'FORBIDDEN');
  expect(await exports.again(owner, metricsExport.id)).toMatchObject({
    file: null,
    rowCount: null,
  });
});

test('one that is cancelled amid its rows leaves no file, and tried again a whole one', async () => {
  const { people, ask, again, rig, jobOf, door } = exports;
  const blocker = new Client({ connectionString: people.agency.urls.superuserUrl });
  await blocker.connect();
  try {
    await blocker.query('begin');
    await blocker.query('lock table campaigns in access exclusive mode');
    const { metricsExport } = await ask(owner, input);
    const jobRunId = await jobOf(owner, metricsExport.id);
    await rig.send(jobRunId);
    await rig.until(jobRunId, ({ status }) => status === 'RUNNING');
    await people.byId(owner, 'cancelMetricsExport', metricsExport.id, 'metricsExport { id }');
    expect(await rig.ended(jobRunId)).toMatchObject({ status: 'CANCELLED' });
    expect(await again(owner, metricsExport.id)).toMatchObject({ file: null, rowCount: null });
    await blocker.query('commit');

    await people.byId(owner, 'retryJob', toGlobalId('JobRun', jobRunId), '__typename');
    await rig.send(jobRunId);
    expect(await rig.ended(jobRunId)).toMatchObject({ status: 'SUCCEEDED' });
    const { file, rowCount } = await again(owner, metricsExport.id);
    expect(rowCount).toBe(2);
    const { path } = await people.byId(owner, 'createFileLink', file.id, 'path');
    expect(await (await door.fetch(path)).text()).toMatch(
      /^date,[\s\S]*\r\n2026-01-06,[^\n]*\r\n$/,
    );
    expect(await people.rows('select id from files where job_run_id = ?', [jobRunId])).toHaveLength(
      1,
    );
  } finally {
    await blocker.end();
  }
});

test('a service token reads rows by itself, and has none made', async () => {
  const token = {
    id: 'x',
    name: 'BI',
    scopes: ['READ' as const],
    allowsQueryString: false,
    expiresAt: new Date(),
  };
  const machine = { ...owner, userId: null, serviceToken: token };
  expect(await exports.ask(machine, input)).toMatchObject({ code: 'FORBIDDEN' });
});
