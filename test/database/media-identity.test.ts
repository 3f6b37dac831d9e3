import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { addFacts, addMedia, type MediaIds } from '../support/media.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

const day = '2026-02-02';
const types = ['Campaign', 'Strategy', 'Placement', 'Creative'];

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let feed: Feed;
let ids: MediaIds;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});
beforeEach(async () => {
  client = await addClient(agency, `Client of ${expect.getState().currentTestName}`);
  feed = await addFeed(agency, client, { keyPattern: `${client.id}/{date}.csv` });
  ids = await addMedia(agency, feed, ['A/Geo/Web/1', 'B/Geo/Web/1', 'C/Geo/Web/1']);
  await addFacts(agency, feed, ids, [
    { path: 'A/Geo/Web/1', date: day, impressions: 100, clicks: 10, spend: 1 },
    { path: 'B/Geo/Web/1', date: day, impressions: 300, clicks: 6, spend: 2 },
    { path: 'C/Geo/Web/1', date: day, impressions: 350, clicks: 7, spend: 3 },
  ]);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `insert into slices (feed_id, date, organization_id, client_id, status, version)
       values (?, ?, ?, ?, 'APPLIED', 4)`,
      [feed.id, day, feed.organizationId, client.id],
    ),
  );
});

const at = (path: string) =>
  toGlobalId(types[path.split('/').length - 1] ?? '', ids.get(path) ?? '');

async function told(text: string) {
  const { data, error } = await ask(graph, agency.actor, text);
  if (error) throw error;
  return data;
}
const merge = (id: string, into: string, key = '') =>
  told(
    `mutation { mergeEntities(input: { mediaId: "${at(id)}", intoMediaId: "${at(into)}" ${key} }) { node { id name } } }`,
  );
const unmerge = (id: string) =>
  told(`mutation { unmergeEntities(mediaId: "${at(id)}") { node { id name } } }`);
const refused = { code: expect.stringMatching(/^(CONFLICT|BAD_USER_INPUT|NOT_FOUND)$/) };

/** Campaigns by their impressions, most first, and how many strategies each has. */
async function ranking() {
  const range = `{ from: "${day}", to: "${day}" }`;
  const order = `orderBy: { field: METRIC, metric: IMPRESSIONS, range: ${range}, direction: DESC }`;
  const filter = `filter: { clientIds: ["${toGlobalId('Client', client.id)}"] }`;
  const { campaigns } = await told(
    `{ campaigns(${filter}, ${order}) { nodes { name metrics(range: ${range}) { impressions ctr }
       strategies { nodes { name } } } } }`,
  );
  return campaigns.nodes.map(
    (each: { name: string; metrics: { impressions: number }; strategies: { nodes: [] } }) => [
      ...[each.name, each.metrics.impressions, each.strategies.nodes.length],
    ],
  );
}

test('merged campaigns count as one at once, with what belongs to them, until they are unmerged', async () => {
  const apart = [
    ['C', 350, 1],
    ['B', 300, 1],
    ['A', 100, 1],
  ];
  expect(await ranking()).toEqual(apart);
  const merged = await merge('A', 'B', ', idempotencyKey: "m"');
  expect(merged.mergeEntities.node).toEqual({ id: at('B'), name: 'B' });
  expect(await merge('A', 'B', ', idempotencyKey: "m"')).toEqual(merged);
  const together = [
    ['B', 400, 2],
    ['C', 350, 1],
  ];
  expect(await ranking()).toEqual(together);

  // What is below them may be merged by now, and must part before they do.
  await merge('A/Geo', 'B/Geo');
  expect(await ranking()).toEqual([['B', 400, 1], together[1]]);
  await expect(unmerge('A')).rejects.toMatchObject(refused);
  await unmerge('A/Geo');
  await unmerge('A');
  await unmerge('A');
  expect(await ranking()).toEqual(apart);

  const changes = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select date, version, cause, cause_id from fact_changes where feed_id = ?', [
      feed.id,
    ]),
  );
  const change = { date: day, version: 4, cause: 'MERGE' };
  expect(changes).toEqual(
    ['A', 'A/Geo', 'A/Geo', 'A'].map((path) => ({ ...change, cause_id: ids.get(path) })),
  );
});

test('chains, circles, and what belongs elsewhere are refused', async () => {
  await merge('A', 'B');
  for (const [id, into] of [
    ['A', 'A'],
    ['A', 'C'],
    ['B', 'A'],
    ['B', 'C'],
    ['C', 'A'],
    ['C', 'B/Geo'],
    ['B/Geo', 'C/Geo'],
  ] as const) {
    await expect(merge(id, into)).rejects.toMatchObject(refused);
  }
  const other = await addClient(agency, 'Elsewhere');
  const theirs = await addMedia(agency, { ...feed, clientId: other.id }, ['A']);
  const [own, foreign] = [at('C'), toGlobalId('Campaign', theirs.get('A') ?? '')];
  await expect(
    told(
      `mutation { mergeEntities(input: { mediaId: "${own}", intoMediaId: "${foreign}" }) { node { id } } }`,
    ),
  ).rejects.toMatchObject(refused);
});

test('of two merges at once that would make a circle one is refused', async () => {
  const ends = await Promise.allSettled([merge('A', 'B'), merge('B', 'A')]);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await ranking()).toHaveLength(2);
});

test('what is renamed is known by its new name and its old one', async () => {
  const loader = await createLoader(agency);
  const own = await addFeed(agency, client, {
    ...{ name: 'Renamed', keyPattern: `${client.id}/renamed-{date}.csv` },
  });
  const load = async (campaigns: string[]) => {
    const rows = campaigns.map((campaign) => surfsideRow({ campaign, impressions: 1000 }));
    await agency.bucket.put(`${client.id}/renamed-${day}.csv`, surfsideFile(day, rows));
    return loader.load(own, day);
  };
  await load(['Spring', 'Autumn']);
  const { campaigns } = await told(
    `{ campaigns(filter: { clientIds: ["${toGlobalId('Client', client.id)}"], nameContains: "Spring" }) { nodes { id } } }`,
  );
  const [{ id }] = campaigns.nodes;
  const rename = (name: string) =>
    told(
      `mutation { renameAlias(input: { mediaId: "${id}", name: "${name}" }) { node { name } } }`,
    );
  expect((await rename('  Spring   2026')).renameAlias.node).toEqual({ name: 'Spring 2026' });
  expect((await load(['spring 2026', 'Spring', 'Autumn'])).slices).toMatchObject([
    { status: 'APPLIED', rowsMerged: 1, rowsInserted: 0, rowsUpdated: 1 },
  ]);
  await expect(rename('AUTUMN')).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(rename(' ')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await loader.close();
});
