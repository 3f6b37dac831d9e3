import fc from 'fast-check';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { listMedia, type MediaRequest } from '../../src/domain/media/list-media.ts';
import type { MediaFilter } from '../../src/domain/media/media-filter.ts';
import type { MediaOrder } from '../../src/domain/media/media-order.ts';
import type { PageRequest } from '../../src/domain/paging.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { addFacts, addMedia, type MediaIds } from '../support/media.ts';

const day = '2026-03-02';
const range = { from: '2026-03-01', to: '2026-03-31' };

let agency: Agency;
let client: Client;
let feed: Feed;
let ids: MediaIds;

const sorted: Record<string, { impressions: number; clicks: number | null; revenue: number }> = {
  // CTR:                0.1            none             0.02               0
  'A/s/p/c': { impressions: 10, clicks: 1, revenue: 7 },
  'B/s/p/c': { impressions: 900, clicks: null, revenue: 7 },
  'C/s/p/c': { impressions: 100, clicks: 2, revenue: 5 },
  'D/s/p/c': { impressions: 50, clicks: 0, revenue: 0 },
};

beforeAll(async () => {
  agency = await createAgency();
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client);
  // E has no facts at all.
  ids = await addMedia(agency, feed, [...Object.keys(sorted), 'E/s/p/c']);
  const facts = Object.entries(sorted).map(([path, fact]) => ({ path, date: day, ...fact }));
  await addFacts(agency, feed, ids, facts);
});
afterAll(() => agency.close());

const read: Agency['database']['withTenant'] = (tenant, fn) =>
  agency.database.withTenant(tenant, fn);

/** A page of what is below a client. */
async function list(
  level: 'campaign' | 'strategy' | 'placement' | 'creative',
  { filter = {}, order = {}, page = {} }: Partial<MediaRequest> = {},
  clientId = client.id,
) {
  const parents = { level: 'client', ids: [clientId] } as const;
  const pages = await read(agency.tenant, (em) =>
    listMedia(em, level, parents, { filter, order, page }),
  );
  const found = pages.get(clientId);
  if (!found) throw new Error('There is no page');
  return found;
}

const namesOf = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).edges.map(({ node }) => node.name).join('');

const by = (metric: MediaOrder['metric'], direction: 'ASC' | 'DESC'): MediaOrder => ({
  ...{ field: 'METRIC', metric, range, direction },
});

test.each([
  // Without a row a count that every source reports is 0; a ratio is undefined, and last either way.
  ['impressions', 'DESC', 'BCDAE'],
  ['impressions', 'ASC', 'EADCB'],
  ['ctr', 'DESC', 'ACDxx'],
  ['ctr', 'ASC', 'DCAxx'],
  // Not reported by B: 0 of E, which has no row, comes before that; so does D's.
  ['clicks', 'DESC', 'CAxxB'],
  ['mediaCost', 'ASC', 'xxxxx'],
] as const)('by %s, %s: %s', async (metric, direction, expected) => {
  const names = await namesOf('campaign', { order: by(metric, direction) });
  // Ties are broken by id, and so in any order of names.
  expect(names).toMatch(new RegExp(`^${expected.replaceAll('x', '.')}$`));
  expect([...names].sort().join('')).toBe('ABCDE');
});

test('the order of every level is by its own facts, and of creatives by those of the days', async () => {
  for (const level of ['strategy', 'placement', 'creative'] as const) {
    const { edges } = await list(level, { order: by('impressions', 'DESC') });
    const paths = [...ids].map(([path, id]) => [id, path.charAt(0)] as const);
    const order = edges.map(({ node }) => new Map(paths).get(node.id)).join('');
    expect({ level, order }).toEqual({ level, order: 'BCDAE' });
  }
  const other = { from: '2026-04-01', to: '2026-04-30' };
  const none = await list('campaign', { order: { ...by('impressions', 'ASC'), range: other } });
  const tied = none.edges.map(({ node }) => node.id);
  expect(tied).toEqual([...tied].sort());
});

test.each<[string, MediaFilter, string]>([
  ['nothing', {}, 'ABCDE'],
  ['a part of the name, whatever its case', { nameContains: 'b' }, 'B'],
  ['what is no pattern', { nameContains: '%' }, ''],
  ['the source', { source: 'SURFSIDE' }, 'ABCDE'],
  ['another source', { source: 'VIBE' }, ''],
  ['delivery', { delivered: range }, 'ABCD'],
  ['delivery on other days', { delivered: { from: '2026-04-01', to: '2026-04-02' } }, ''],
  ['no status', { statuses: [] }, ''],
  ['long ended', { statuses: ['ENDED'] }, 'ABCDE'],
  ['a client that there is not', { clientIds: ['5b0c4a0e-6f0e-4b57-9a51-3f6f0a1f6f11'] }, ''],
])('filtered by %s', async (_, filter, expected) => {
  expect(await namesOf('campaign', { filter })).toBe(expected);
  const depths = await Promise.all(
    (['strategy', 'placement', 'creative'] as const).map(async (level) => {
      const { edges } = await list(level, { filter: { ...filter, nameContains: null } });
      return edges.length;
    }),
  );
  if (!filter.nameContains) expect(depths).toEqual([1, 1, 1].map(() => expected.length));
});

test('filtered by feed, and by delivery from it', async () => {
  const other = await addFeed(agency, client, { name: 'Other', keyPattern: 'other/{date}.csv' });
  expect(await namesOf('campaign', { filter: { feedId: feed.id } })).toBe('ABCD');
  expect(await namesOf('campaign', { filter: { feedId: other.id } })).toBe('');
  await addFacts(agency, other, ids, [{ path: 'E/s/p/c', date: '2026-03-05', impressions: 0 }]);
  expect(await namesOf('campaign', { filter: { feedId: other.id } })).toBe('E');
  const filter = { feedId: other.id, delivered: range };
  expect(await namesOf('campaign', { filter })).toBe('');
  expect((await list('creative', { filter: { feedId: other.id } })).edges).toHaveLength(1);
});

test.each<[string, Partial<MediaRequest>, string[]]>([
  ['a metric without a range', { order: { field: 'METRIC', metric: 'ctr' } }, ['metric', 'range']],
  ['a range without its metric', { order: { field: 'METRIC', range } }, ['metric', 'range']],
  ['a metric in the order of names', { order: { metric: 'ctr', range } }, ['metric', 'range']],
  ['a name with NUL', { filter: { nameContains: 'a\0' } }, ['nameContains']],
  ['half a character', { filter: { label: '\ud800' } }, ['label']],
  ['too long a name', { filter: { nameContains: 'a'.repeat(256) } }, ['nameContains']],
  ['too many clients', { filter: { clientIds: Array(1001).fill('x') } }, ['clientIds']],
])('%s is a BAD_USER_INPUT by its fields', async (_, request, fields) => {
  await expect(list('campaign', request)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields });
});

test('a cursor is of its level and its order: of another it is refused', async () => {
  const cursorIn = async (order: MediaOrder) =>
    (await list('campaign', { order })).pageInfo.endCursor;
  const refusal = { code: 'BAD_USER_INPUT', fields: ['after'] };
  const byName = await cursorIn({});
  for (const order of [{ direction: 'DESC' }, { field: 'CREATED_AT' }, by('ctr', 'ASC')] as const) {
    await expect(list('campaign', { order, page: { after: byName } })).rejects.toMatchObject(
      refusal,
    );
    const after = await cursorIn(order);
    await expect(list('campaign', { page: { after } })).rejects.toMatchObject(refusal);
  }
  await expect(list('strategy', { page: { after: byName } })).rejects.toMatchObject(refusal);
});

test('pages are stable under inserts: what comes before them moves nothing', async () => {
  const busy = await addClient(agency, 'Busy');
  const owner = { ...feed, clientId: busy.id } as Feed;
  await addMedia(agency, owner, ['b', 'd', 'f', 'h']);
  const read = async (page: PageRequest) => {
    const { edges, pageInfo } = await list('campaign', { page }, busy.id);
    const { startCursor, endCursor } = pageInfo;
    return { names: edges.map(({ node }) => node.name).join(''), startCursor, endCursor };
  };
  const first = await read({ first: 2 });
  const last = await read({ last: 2 });
  expect([first.names, last.names]).toEqual(['bd', 'fh']);
  await addMedia(agency, owner, ['a', 'c', 'e', 'g', 'i']);
  expect((await read({ first: 3, after: first.endCursor })).names).toBe('efg');
  expect((await read({ last: 3, before: last.startCursor })).names).toBe('cde');
  expect((await read({ after: first.startCursor, before: last.endCursor })).names).toBe('cdefg');
  const byAge = await namesOf('campaign', { order: { field: 'CREATED_AT' } }, busy.id);
  expect(byAge).toMatch(/^[bdfh]{4}[acegi]{5}$/);
});

describe('pages of any size, from either end, are together the whole list', () => {
  const names = fc.constantFrom('a', 'A', 'b', 'é', 'zz', '\u{1f600}');
  const fact = fc.option(
    fc.record({ impressions: fc.nat(3), clicks: fc.option(fc.nat(2)), revenue: fc.nat(2) }),
  );
  const media = fc.array(fc.record({ name: names, fact }), { minLength: 1, maxLength: 12 });
  const every = (['ASC', 'DESC'] as const).flatMap((direction): MediaOrder[] => [
    { field: 'NAME', direction },
    { field: 'CREATED_AT', direction },
    by('impressions', direction),
    by('ctr', direction),
  ]);
  const orders = fc.shuffledSubarray(every, { minLength: 3, maxLength: 3 });
  let made = 0;

  type Made = {
    id: string;
    name: string;
    fact: typeof fact extends fc.Arbitrary<infer T> ? T : never;
  };
  /** What a node is ordered by; null where that is undefined. All of them were made at one instant. */
  const keyOf = ({ name, fact: own }: Made, { field, metric }: MediaOrder) => {
    if (field === 'NAME') return Buffer.from(name).toString('hex');
    if (field === 'CREATED_AT') return 0;
    if (metric === 'impressions') return own?.impressions ?? 0;
    return own?.clicks != null && own.impressions > 0 ? own.clicks / own.impressions : null;
  };
  const inOrder = (nodes: Made[], order: MediaOrder) => {
    const sign = order.direction === 'DESC' ? -1 : 1;
    const compare = (one: string | number, other: string | number) =>
      one === other ? 0 : one < other ? -sign : sign;
    return nodes.toSorted((one, other) => {
      const [a, b] = [keyOf(one, order), keyOf(other, order)];
      if (a === null || b === null) {
        return a === b ? compare(one.id, other.id) : a === null ? 1 : -1;
      }
      return compare(a, b) || compare(one.id, other.id);
    });
  };

  test.each(['placement', 'creative'] as const)('of a %s', async (level) => {
    await fc.assert(
      fc.asyncProperty(media, orders, async (wanted, asked) => {
        const own = await addClient(agency, `Paged ${made++}`);
        const ownFeed = { ...feed, clientId: own.id } as Feed;
        const paths = wanted.map(({ name }, index) =>
          level === 'placement' ? `c/s#${index % 3}/${name}#${index}/c` : `c/s/p/${name}#${index}`,
        );
        const found = await addMedia(agency, ownFeed, paths);
        const facts = wanted.flatMap(({ fact: each }, index) =>
          each ? [{ path: paths[index] ?? '', date: day, ...each }] : [],
        );
        const { id: feedId } = await addFeed(agency, own);
        await addFacts(agency, { ...ownFeed, id: feedId } as Feed, found, facts);
        const idAt = (path = '') =>
          found.get(level === 'placement' ? path.replace(/\/c$/, '') : path) ?? '';
        const nodes = wanted.map((each, index) => ({ ...each, id: idAt(paths[index]) }));
        for (const order of asked) {
          const expected = inOrder(nodes, order).map(({ id }) => id);
          for (const size of [1, 3, 50]) {
            expect(await walk(level, own.id, order, size, 'first')).toEqual(expected);
            expect(await walk(level, own.id, order, size, 'last')).toEqual(expected);
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  /** Every page after the other, from the start or from the end. */
  async function walk(
    level: 'placement' | 'creative',
    clientId: string,
    order: MediaOrder,
    size: number,
    from: 'first' | 'last',
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: PageRequest =
        from === 'first' ? { first: size, after: cursor } : { last: size, before: cursor };
      const { edges, pageInfo } = await list(level, { order, page }, clientId);
      const own = edges.map(({ node }) => node.id);
      if (from === 'first') ids.push(...own);
      else ids.unshift(...own);
      cursor = from === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
      if (!(from === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return ids;
    }
  }
});
