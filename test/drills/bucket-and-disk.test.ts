import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IngestionRunDocument } from '../../client/operations.ts';
import type { JobState } from '../../demo/progress.ts';
import type { StartedProcess } from '../../src/infra/child-process.ts';
import { createDrill, type Drill, type DrilledRun, range } from '../support/drill.ts';
import { type Fault, startFaultyS3 } from '../support/faulty-s3.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { testServices } from '../support/test-services.ts';
import { until } from '../support/until.ts';
import { rowsXml, workbookOf } from '../support/workbook.ts';
import { expectForward, expectUndisturbed } from './expect-undisturbed.ts';

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
const spools = join(tmpdir(), `mediagraph-drill-${randomUUID()}`);
let s3: Awaited<ReturnType<typeof startFaultyS3>>;
let installation: Installation;
let drill: Drill;
let workers: StartedProcess<object>[];

beforeAll(async () => {
  await mkdir(spools);
  s3 = await startFaultyS3(testServices.s3.endpoint);
  const settings = { S3_ENDPOINT: s3.url, TMPDIR: spools, LOG_LEVEL: 'silent' };
  installation = await startInstallation('PostgreSQL', settings);
  workers = await Promise.all([installation.startWorker(), installation.startWorker()]);
  drill = await createDrill(installation, true);
});
afterAll(async () => {
  await installation.close();
  s3.close();
  await rm(spools, { recursive: true, force: true });
});

const slicesOf = async ({ runId: id }: Pick<DrilledRun, 'runId'>) =>
  (await installation.api.request(IngestionRunDocument, { id })).ingestionRun?.slices.map(
    ({ status }) => status,
  );

let places = 0;

/** The files of the drill at a place of their own, the first as it is to be and as it is at first: other names, as long. */
async function placeFiles(isStale = false) {
  places += 1;
  const place = `place-${places}`;
  const end = '\n'.repeat(places);
  const files = drill.files.map(({ key, body }) => {
    const [, name = ''] = key.split('/');
    return { key: `${place}/${name}`, body: `${body}${end}` };
  });
  const { bucket } = installation.agency;
  for (const { key, body } of files) await bucket.put(key, body);
  const [first = { key: '', body: '' }] = files;
  if (isStale) await bucket.put(first.key, first.body.replaceAll('Brand', 'Bland'));
  const sha256 = createHash('sha256').update(first.body).digest('hex');
  return {
    keyPattern: `${place}/client-media-{date:yyyyMMdd}.csv`,
    list: `prefix=${place}/`,
    source: `/${first.key}`,
    archived: `objects/${sha256.slice(0, 2)}/${sha256}`,
    overwrite: () => bucket.put(first.key, first.body),
  };
}
type Files = Awaited<ReturnType<typeof placeFiles>>;

const get = (about: string, fault: Partial<Fault> = {}): Fault => ({
  method: 'GET',
  about,
  ...fault,
});
const fails = { error: { status: 500, code: 'InternalError' } };
const slow = { error: { status: 503, code: 'SlowDown' } };
const breaksOff = { halfway: async () => null };

/** What goes wrong, how many attempts it costs, and what is told of it. */
const cases: [what: string, failures: number, (files: Files) => Fault[], told?: RegExp][] = [
  [
    '500 and SlowDown, then fine',
    0,
    ({ list, source, archived }) => [
      ...[get(list, fails), get(list, slow), get(source, slow), get(source, fails)],
      ...[{ ...get(archived, slow), method: 'PUT' } as const, get(archived, fails)],
    ],
  ],
  [
    'SlowDown for longer than a call is patient',
    1,
    ({ list }) => [get(list, slow), get(list, slow), get(list, slow)],
    /^The bucket "files-.+" cannot be listed: SlowDown\.$/,
  ],
  [
    'a file that breaks off',
    1,
    ({ source }) => [get(source, breaksOff)],
    /^The object "place-.+" cannot be read: aborted\.$/,
  ],
  [
    'an archived copy that breaks off',
    1,
    ({ archived }) => [get(archived, breaksOff)],
    /^The archived file cannot be read: aborted\.$/,
  ],
  [
    'a file that is overwritten once it was listed',
    1,
    ({ source, overwrite }) => [get(source, { before: overwrite })],
    /cannot be read: it was overwritten meanwhile\.$/,
  ],
  [
    'a file that is overwritten while it is read',
    1,
    ({ source, overwrite }) => [get(source, { halfway: (rest) => overwrite().then(() => rest) })],
    /cannot be read: it was overwritten meanwhile\.$/,
  ],
  [
    'a file half of which is of before and half of after',
    1,
    ({ source, overwrite }) => [get(source, { halfway: (_, again) => overwrite().then(again) })],
    /cannot be read: it was overwritten meanwhile\.$/,
  ],
];

test('what buckets do is waited out or tried again, and files are whole and of one version', async () => {
  const spoiltAt = performance.now();
  const runs = await Promise.all(
    cases.map(async ([what, failures, faultsOf, told]) => {
      const files = await placeFiles(what.includes('of before') || what.includes('overwritten'));
      s3.faults.push(...faultsOf(files));
      const run = await drill.begin(what, undefined, files.keyPattern);
      const seen: JobState[] = [];
      const { status } = await drill.finish(run, undefined, (state) => seen.push(state));
      noteRecovery(`S3: ${what}`, spoiltAt);
      expectForward(seen);
      const messages = new Set(seen.flatMap(({ errorMessage }) => errorMessage ?? []));
      const { failures: counted } = await drill.jobRow(run.id);
      expect([what, status, counted, ...messages]).toEqual([
        ...[what, 'SUCCEEDED', failures],
        ...(told ? [expect.stringMatching(told)] : []),
      ]);
      return run;
    }),
  );
  expect(s3.faults).toEqual([]);
  await expectUndisturbed(drill, runs);
});

/** How large a file may be that workers write: the kernel refuses more as it does on a disk that is full. */
function limitFiles(bytes: number | 'unlimited') {
  for (const { pid } of workers) {
    const { status } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
    if (status !== 0) throw new Error('The limit could not be set');
  }
}

(hasPrlimit ? test : test.skip)(
  'a disk that is full fails the attempt and keeps nothing; there is room again, and all is loaded',
  async () => {
    const book = 'books/client-media-{date:yyyyMMdd}.csv';
    for (const { key, body } of drill.files) {
      const cells = body
        .trim()
        .split('\n')
        .map((line) => line.split(','));
      const place = key.replace(/^.*\//, 'books/');
      await installation.agency.bucket.put(place, workbookOf(rowsXml(cells)));
    }
    const known = await drill.begin('A workbook that is known', undefined, book);
    expect(await drill.finish(known)).toMatchObject({ status: 'SUCCEEDED' });
    await expectUndisturbed(drill, [known]);

    limitFiles(4096);
    const { keyPattern } = await placeFiles();
    const copied = await drill.begin('A file that is copied', undefined, keyPattern);
    const again = { ...known, ...(await drill.start(known.feedId)) };
    const messages = await Promise.all(
      [copied, again].map(({ id }) =>
        until('a failed attempt', async () => (await drill.jobRow(id)).error_message ?? undefined),
      ),
    );
    expect(messages).toEqual([
      'The file cannot be archived: EFBIG: file too large, write.',
      'The workbook cannot be kept on disk: EFBIG.',
    ]);
    expect(await readdir(spools)).toEqual([]);
    limitFiles('unlimited');
    const roomAt = performance.now();
    for (const run of [copied, again]) {
      expect(await drill.finish(run)).toMatchObject({ status: 'SUCCEEDED' });
    }
    noteRecovery('disk full, once there is room', roomAt);
    await expectUndisturbed(drill, [copied]);
    expect(new Set(await slicesOf(again))).toEqual(new Set(['UNCHANGED']));
  },
);

test('of two runs at once the one with the older file replaces nothing', async () => {
  const { keyPattern, overwrite } = await placeFiles(true);
  const staleAt = Date.now();
  const client = await drill.setUp('Two ages', undefined, keyPattern);
  const gate = await drill.gates.close('stage');
  const day = { from: range.from, to: range.from };
  const older = await drill.start(client.feedId, undefined, day);
  await gate.reached();
  await drill.gates.goAround();
  // Buckets tell whole seconds.
  await until('a later second', async () => Math.floor((Date.now() - staleAt) / 1000) > 1);
  await overwrite();
  const newer = { ...client, ...(await drill.start(client.feedId)) };
  expect(await drill.finish(newer)).toMatchObject({ status: 'SUCCEEDED' });
  await gate.open();
  expect(await drill.finish(older)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await slicesOf(older)).toEqual(['SUPERSEDED']);
  await expectUndisturbed(drill, [newer]);
});
