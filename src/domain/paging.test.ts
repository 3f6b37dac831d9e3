import fc from 'fast-check';
import {
  anyPattern,
  checkFirst,
  decodeCursor,
  encodeCursor,
  toPage,
  uuidPattern,
} from './paging.ts';

const id = '5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11';
const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['after'] });

test('a cursor gives back the values it was made of, and is fit for a URL', () => {
  const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 3 }), fc.uuid(), (texts, uuid) => {
      const values = [...texts, uuid];
      const cursor = encodeCursor(values);
      expect(decodeCursor(cursor, ...texts.map(() => anyPattern), uuidPattern)).toEqual(values);
      expect(cursor).toMatch(/^[\w-]+$/);
    }),
  );
});

test.each([
  ['no base64', '***', 1],
  ['nothing', '', 1],
  ['no JSON', Buffer.from('["a').toString('base64url'), 1],
  ['no list', Buffer.from(JSON.stringify({ 0: id, length: 1 })).toString('base64url'), 1],
  ['a text', Buffer.from(JSON.stringify('x')).toString('base64url'), 1],
  ['null', Buffer.from('null').toString('base64url'), 1],
  ['too short', encodeCursor([id]), 2],
  ['too long', encodeCursor(['a', 'b', id]), 2],
  ['a number', Buffer.from(JSON.stringify([7, id])).toString('base64url'), 2],
  ['NUL, which PostgreSQL refuses', encodeCursor(['a\0', id]), 2],
  ['an id that is none', encodeCursor(['a', 'b']), 2],
  ['an id with more around it', encodeCursor(['a', `${id}' or true`]), 2],
])('a cursor of %s is refused', (_, cursor, length) => {
  const patterns = [anyPattern, uuidPattern].slice(-length);
  expect(() => decodeCursor(cursor, ...patterns)).toThrow(refusal);
});

test('each value of a cursor must look as its own pattern says', () => {
  const patterns = [/^\d{4}$/, anyPattern, /^\d+$/];
  expect(decodeCursor(encodeCursor(['2026', '', '42']), ...patterns)).toEqual(['2026', '', '42']);
  for (const values of [
    ['now', '', '42'],
    ['2026', '', 'x'],
  ]) {
    expect(() => decodeCursor(encodeCursor(values), ...patterns)).toThrow(refusal);
  }
});

test.each([1, 50, 1000])('a page may have %i rows', (first) => {
  expect(checkFirst(first)).toBe(first);
});

test.each([0, -1, 1001, 2 ** 31])('a page may not have %i rows', (first) => {
  expect(() => checkFirst(first)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['first'] }),
  );
});

const cursorOf = (name: string) => encodeCursor([name, id]);
const page = (names: string[], first: number, after: string | null) =>
  toPage(names, { first, after }, (name) => [name, id]);

test('a row more than was asked for is left out, and says that there is a next page', () => {
  expect(page(['a', 'b', 'c'], 2, null)).toEqual({
    edges: [
      { node: 'a', cursor: cursorOf('a') },
      { node: 'b', cursor: cursorOf('b') },
    ],
    pageInfo: {
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: cursorOf('a'),
      endCursor: cursorOf('b'),
    },
  });
});

test('the last page has no next one, but one before it', () => {
  const { edges, pageInfo } = page(['c', 'd'], 2, cursorOf('b'));
  expect(edges.map(({ node }) => node)).toEqual(['c', 'd']);
  expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test('an empty page has no cursors', () => {
  expect(page([], 2, null)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});
