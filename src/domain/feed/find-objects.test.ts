import fc from 'fast-check';
import { findObjects } from './find-objects.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** A bucket in memory, which remembers what was listed of it. */
function bucketOf(objects: StoredObject[]) {
  const listed: string[] = [];
  const store = {
    async *list(bucket: string, prefix: string) {
      listed.push(`${bucket}/${prefix}`);
      yield* objects.filter(({ key }) => key.startsWith(prefix));
    },
  } as Partial<ObjectStore> as ObjectStore;
  return { store, listed };
}

function stored(key: string, modifiedAt: string): StoredObject {
  return { key, etag: key, sizeBytes: 1, lastModified: new Date(modifiedAt) };
}

const objects = [
  stored('m/2026-11-20/a.csv', '2026-11-21T05:00:00Z'),
  stored('m/2026-11-21/b.csv', '2026-11-22T05:00:00Z'),
  stored('m/2026-11-21/a.csv', '2026-11-22T09:00:00Z'),
  stored('m/2026-11-21/c.csv', '2026-11-22T07:00:00Z'),
  stored('m/2026-11-21/notes.txt', '2026-11-22T10:00:00Z'),
  stored('m/2026-11-23/a.csv', '2026-11-24T05:00:00Z'),
  stored('m/2026-11-24/a.csv', '2026-11-25T05:00:00Z'),
];
const range = { from: '2026-11-21', to: '2026-11-23' };
const feed = { bucket: 'media', keyPattern: 'm/{date}/*.csv' };

async function keysFound(fileMode: 'LATEST' | 'PARTS', all = objects) {
  const found = await findObjects({ ...feed, fileMode }, range, bucketOf(all).store);
  return Object.fromEntries([...found].map(([date, ofDay]) => [date, ofDay.map(({ key }) => key)]));
}

test('LATEST takes the newest object of each day of the range', async () => {
  expect(await keysFound('LATEST')).toEqual({
    '2026-11-21': ['m/2026-11-21/a.csv'],
    '2026-11-23': ['m/2026-11-23/a.csv'],
  });
});

test('PARTS takes all objects of each day of the range, oldest first', async () => {
  expect(await keysFound('PARTS')).toEqual({
    '2026-11-21': ['m/2026-11-21/b.csv', 'm/2026-11-21/c.csv', 'm/2026-11-21/a.csv'],
    '2026-11-23': ['m/2026-11-23/a.csv'],
  });
});

test('of objects of one instant the last key is the newest, however they are listed', async () => {
  const twins = ['a', 'b', 'c', 'd'].map((name) =>
    stored(`m/2026-11-22/${name}.csv`, '2026-11-23T05:00:00Z'),
  );
  const anyOrder = fc.shuffledSubarray(twins, { minLength: 4 });
  await fc.assert(
    fc.asyncProperty(anyOrder, async (listed) => {
      const keys = ['a', 'b', 'c', 'd'].map((name) => `m/2026-11-22/${name}.csv`);
      expect(await keysFound('PARTS', listed)).toEqual({ '2026-11-22': keys });
      expect(await keysFound('LATEST', listed)).toEqual({ '2026-11-22': keys.slice(-1) });
    }),
    { numRuns: 24 },
  );
});

test('only what the days have in common is listed, once', async () => {
  const { store, listed } = bucketOf(objects);
  await findObjects({ ...feed, fileMode: 'LATEST' }, range, store);
  expect(listed).toEqual(['media/m/2026-11-2']);
});

test('a range without objects has no entries', async () => {
  expect(await keysFound('LATEST', [])).toEqual({});
});
