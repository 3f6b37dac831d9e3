import fc from 'fast-check';
import { type Ordering, type PageRequest, readPage } from './paging.ts';

interface Row {
  id: string;
  name: string;
}

const id = '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11';
const byName: Ordering<Row> = {
  name: 'rows by name',
  isDescending: false,
  keys: [
    { sql: 'name', type: 'text', valueOf: ({ name }) => name },
    { sql: 'id', type: 'uuid', valueOf: (row) => row.id },
  ],
};
const same = (row: Row) => row;

const cursorOf = (row: Row, ordering = byName) =>
  readPage({}, ordering).toPage([row], same).edges[0]?.cursor ?? '';
const encoded = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
const boundsOf = (request: PageRequest, ordering = byName) =>
  readPage(request, ordering).between.params as { sql: string; params: string[] }[];

test('a cursor gives back the values that it was made of, and is fit for a URL', () => {
  const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(anyText, fc.uuid(), (name, uuid) => {
      const after = cursorOf({ name, id: uuid });
      expect(boundsOf({ after })[0]?.params).toEqual([name, uuid]);
      expect(after).toMatch(/^[\w-]+$/);
    }),
  );
});

test.each([
  ['no base64', '***'],
  ['nothing', ''],
  ['no JSON', Buffer.from('["a').toString('base64url')],
  ['no list', encoded({ 0: byName.name, 1: 'a', 2: id, length: 3 })],
  ['a text', encoded('x')],
  ['null', encoded(null)],
  ['too few values', encoded([byName.name, id])],
  ['too many', encoded([byName.name, 'a', 'b', id])],
  ['a number', encoded([byName.name, 7, id])],
  ['NUL, which PostgreSQL refuses', encoded([byName.name, 'a\0', id])],
  ['an id that is none', encoded([byName.name, 'a', 'b'])],
  ['an id with more around it', encoded([byName.name, 'a', `${id}' or true`])],
  ['another list', encoded(['others by name', 'a', id])],
  ['another order', cursorOf({ name: 'a', id }, { ...byName, name: 'rows by size' })],
])('a cursor of %s is refused, by its field', (_, cursor) => {
  for (const field of ['after', 'before']) {
    expect(() => readPage({ [field]: cursor }, byName)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', fields: [field] }),
    );
  }
});

test.each([
  ['boolean', ['true', 'false'], ['', 'TRUE', '1']],
  ['integer', ['0', '42'], ['', '-1', '4.2', '1e3', '9'.repeat(19)]],
  ['decimal', ['0', '-4.25'], ['', '.5', '1e3', 'NaN', '9'.repeat(61)]],
  ['date', ['2026-02-28'], ['', '2026-02-30', '0000-01-01', 'now', 'infinity']],
  [
    'instant',
    ['2026-11-21 18:22:09.58694+00', '2026-11-21 18:22:09+05:30'],
    ['', 'now', '2026-02-30 18:22:09+00', '2026-11-21 25:22:09+00', '2026-11-21 18:22:09'],
  ],
] as const)('a value of the type %s must be one', (type, good, bad) => {
  const ordering: Ordering<Row> = {
    ...byName,
    keys: [{ sql: 'x', type, valueOf: ({ name }) => name }],
  };
  for (const value of good) {
    const [bound] = boundsOf({ after: encoded([byName.name, value]) }, ordering);
    expect(bound?.params).toEqual([value]);
  }
  for (const value of bad) {
    expect(() => readPage({ after: encoded([byName.name, value]) }, ordering)).toThrow(/cursor/);
  }
});

test.each([1, 50, 1000])('a page may have %i rows', (size) => {
  expect(readPage({ first: size }, byName).limit).toBe(size + 1);
  expect(readPage({ last: size }, byName).limit).toBe(size + 1);
});

test.each([0, -1, 1001, 2 ** 31])('a page may not have %i rows', (size) => {
  for (const field of ['first', 'last']) {
    expect(() => readPage({ [field]: size }, byName)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', fields: [field] }),
    );
  }
});

test('a page has 50 rows where nothing is said, and is not both first and last', () => {
  expect(readPage({}, byName).limit).toBe(51);
  expect(() => readPage({ first: 2, last: 2 }, byName)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['first', 'last'] }),
  );
});

test.each([
  [{}, false, 'name, id', '>', '<'],
  [{ last: 1 }, false, 'name desc, id desc', '>', '<'],
  [{}, true, 'name desc, id desc', '<', '>'],
  [{ last: 1 }, true, 'name, id', '<', '>'],
])('%j of a list that goes down: %s', (size, isDescending, orderBy, after, before) => {
  const cursor = cursorOf({ name: 'a', id });
  const request = { ...size, after: cursor, before: cursor };
  const ordering = { ...byName, isDescending };
  expect(readPage(request, ordering).orderBy).toBe(orderBy);
  expect(boundsOf(request, ordering).map(({ sql }) => sql)).toEqual([
    `(name, id) ${after} (?, ?::uuid)`,
    `(name, id) ${before} (?, ?::uuid)`,
  ]);
});

const rowsOf = (names: string) => [...names].map((name) => ({ name, id }));
const shown = (names: string, request: PageRequest) => {
  const { edges, pageInfo } = readPage(request, byName).toPage(rowsOf(names), same);
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const joined = edges.map(({ node }) => node.name).join('');
  return { names: joined, hasNextPage, hasPreviousPage, startCursor, endCursor };
};
const mark = (name: string) => cursorOf({ name, id });

test('a row more than was asked for is left out, and says that there is more', () => {
  expect(shown('abc', { first: 2 })).toEqual({
    ...{ names: 'ab', hasNextPage: true, hasPreviousPage: false },
    ...{ startCursor: mark('a'), endCursor: mark('b') },
  });
  // Read from the end.
  expect(shown('dcb', { last: 2 })).toEqual({
    ...{ names: 'cd', hasNextPage: false, hasPreviousPage: true },
    ...{ startCursor: mark('c'), endCursor: mark('d') },
  });
});

test('the last page has no next one, but one before it; the first one, from the end, the other way round', () => {
  expect(shown('cd', { first: 2, after: mark('b') })).toMatchObject({
    ...{ names: 'cd', hasNextPage: false, hasPreviousPage: true },
  });
  expect(shown('ba', { last: 2, before: mark('c') })).toMatchObject({
    ...{ names: 'ab', hasNextPage: true, hasPreviousPage: false },
  });
});

test('an empty page has no cursors', () => {
  expect(shown('', { first: 2 })).toEqual({
    ...{ names: '', hasNextPage: false, hasPreviousPage: false },
    ...{ startCursor: null, endCursor: null },
  });
});
