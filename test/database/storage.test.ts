import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createObjectStore } from '../../src/infra/storage.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { startFaultyS3 } from '../support/faulty-s3.ts';

let agency: Agency;
let store: ReturnType<typeof createObjectStore>;

beforeAll(async () => {
  agency = await createAgency();
  store = createObjectStore(agency.s3);
});
afterAll(async () => {
  store.close();
  await agency.close();
});

test('a kept file is read as it was written, replaced, and gone once it is dropped', async () => {
  const content = randomBytes(12_000_000).toString('hex');
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(await store.keep('a/b.txt', Readable.from([content]))).toEqual({
    sizeBytes: content.length,
    sha256,
  });
  expect(await text(await store.readKept('a/b.txt'))).toBe(content);
  await store.keep('a/b.txt', Readable.from(['short']));
  expect(await text(await store.readKept('a/b.txt'))).toBe('short');
  await store.drop('a/b.txt');
  await store.drop('a/b.txt');
  await expect(store.readKept('a/b.txt')).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' });
});

test('a content that fails on its way leaves what was there before', async () => {
  await store.keep('whole.txt', Readable.from(['whole']));
  const failing = Readable.from(
    (function* () {
      yield Buffer.alloc(8_000_000);
      throw new Error('cut off');
    })(),
  );
  await expect(store.keep('whole.txt', failing)).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' });
  expect(await text(await store.readKept('whole.txt'))).toBe('whole');
});

test('a store that does not answer ends the keeping, also of a content without an end', async () => {
  const deaf = createObjectStore({ ...agency.s3, endpoint: 'http://127.0.0.1:9' });
  const endless = new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });
  await expect(deaf.keep('never', endless)).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' });
  expect(endless.destroyed).toBe(true);
  deaf.close();
});

test('a store that never answers, or stops in the middle, is not waited for long', async () => {
  const s3 = await startFaultyS3(agency.s3.endpoint);
  const patient = createObjectStore({ ...agency.s3, endpoint: s3.url }, undefined, 200);
  const { sha256 } = await store.archive(Readable.from(['a\n'.repeat(100)]));
  const unanswered = { method: 'GET', about: sha256, error: null } as const;
  s3.faults.push(unanswered, unanswered, unanswered);
  const told = { code: 'UPSTREAM_FAILED', message: expect.stringMatching(/TimeoutError/) };
  await expect(patient.readArchived(sha256)).rejects.toMatchObject(told);
  s3.faults.push({ method: 'GET', about: sha256, halfway: () => new Promise(() => undefined) });
  await expect(patient.readArchived(sha256).then(text)).rejects.toMatchObject(told);
  expect(s3.faults).toEqual([]);
  patient.close();
  s3.close();
});
