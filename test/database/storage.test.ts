import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { dropArchived, holdArchived } from '../../src/domain/ingestion/hold-archived.ts';
import { SourceObject } from '../../src/domain/ingestion/source-object.entity.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { startFaultyS3 } from '../support/faulty-s3.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

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

test('who finds a file in the archive and who removes it take turns: none is removed that a row tells of', async () => {
  const { organizationId, clientId, id: feedId } = await addFeed(agency, await addClient(agency));
  const archive = () => store.archive(Readable.from(['of two clients']));
  const { sha256, sizeBytes } = await archive();
  const transact = <T>(fn: (em: EntityManager) => Promise<T>) =>
    agency.database.withTenant(agency.tenant, fn);
  const keep = async (em: EntityManager) => {
    await holdArchived(em, store, sha256);
    const owner = { organizationId, clientId, feedId };
    const object = { key: 'a', etag: 'b', sizeBytes, sha256, lastModified: new Date() };
    em.create(SourceObject, { ...owner, ...object, reading: null });
    await em.flush();
  };
  const remove = (em: EntityManager) => dropArchived(em, store, randomUUID(), sha256);
  /** One goes first, and ends once the other waits for it. */
  const inTurn = async (first: typeof keep, second: typeof keep) => {
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const one = transact(async (em) => {
      await first(em);
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    const other = transact(second);
    const waits = `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await until('who waits', async () => (await runAs(agency.urls.ownerUrl, waits)).length > 0);
    end.resolve();
    return Promise.allSettled([one, other]);
  };
  expect(await inTurn(remove, keep)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'UPSTREAM_FAILED' } },
  ]);
  await archive();
  expect((await inTurn(keep, remove)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
  ]);
  expect(await store.hasArchived(sha256)).toBe(true);
});
