import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type Answer, ask as askGraph } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { addFacts, addMedia, type MediaIds } from '../support/media.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let feed: Feed;
let ids: MediaIds;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client);
  ids = await addMedia(agency, feed, ['Brand/Geo/Display/Ad', 'Brand/Geo/Video/Spot', 'Sale']);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

const ask = (text: string, variables: object = {}, viewer: Viewer = agency.actor) =>
  askGraph(graph, viewer, text, variables);

const idOf = (path: string) => {
  const type = ['Campaign', 'Strategy', 'Placement', 'Creative'][path.split('/').length - 1];
  return toGlobalId(type ?? '', ids.get(path) ?? '');
};
const namesIn = (list: Answer) => list.edges.map(({ node }: Answer) => node.name);

test('every level is listed from the root and from above, and leads back up', async () => {
  const { data, error } = await ask(`{
    clients { edges { node { name
      strategies { edges { node { name } } }
      placements { edges { node { name } } }
      creatives { edges { node { name } } }
    } } }
    campaigns { edges { node { name client { name } strategies { edges { node { name } } } } } }
    strategies { edges { node { name campaign { name } placements { edges { node { name } } } } } }
    placements { edges { node { name strategy { name } creatives { edges { node { name } } } } } }
    creatives { edges { node { name client { name } placement { name strategy { campaign { name } } } } } }
  }`);
  expect(error).toBeUndefined();
  const [acme] = data.clients.edges;
  expect(namesIn(acme.node.strategies)).toEqual(['Geo']);
  expect(namesIn(acme.node.placements)).toEqual(['Display', 'Video']);
  expect(namesIn(acme.node.creatives)).toEqual(['Ad', 'Spot']);
  expect(data.campaigns.edges.map(({ node }: Answer) => [node.name, node.client.name])).toEqual([
    ['Brand', 'Acme'],
    ['Sale', 'Acme'],
  ]);
  expect(namesIn(data.campaigns.edges[0].node.strategies)).toEqual(['Geo']);
  expect(data.strategies.edges[0].node).toMatchObject({ name: 'Geo', campaign: { name: 'Brand' } });
  expect(namesIn(data.strategies.edges[0].node.placements)).toEqual(['Display', 'Video']);
  expect(data.placements.edges[1].node).toMatchObject({ name: 'Video', strategy: { name: 'Geo' } });
  expect(namesIn(data.placements.edges[1].node.creatives)).toEqual(['Spot']);
  expect(data.creatives.edges[0].node).toEqual({
    ...{ name: 'Ad', client: { name: 'Acme' } },
    placement: { name: 'Display', strategy: { campaign: { name: 'Brand' } } },
  });
});

test('no list costs more statements as it grows, whatever is asked of its nodes', async () => {
  const [one, fifty] = [await countStatements(1), await countStatements(50)];
  expect(fifty).toBe(one);
});

/** How many statements it takes to ask everything of an organization with so many nodes of every level. */
async function countStatements(size: number): Promise<number> {
  const owner = { email: `owner${size}@counted.example`, password: 'another long password' };
  const tenant = await addOrganization(agency, owner);
  const counted = { ...agency, tenant, actor: await findActor(agency.database, tenant) };
  for (let made = 0; made < size; made++) {
    const { organizationId, id: clientId } = await addClient(counted, `Client ${made}`);
    await addMedia(counted, { organizationId, clientId, source: 'SURFSIDE' }, ['c/s/p/a']);
  }
  const { statements, error, data } = await ask(everything, {}, counted.actor);
  expect(error).toBeUndefined();
  expect(data.clients.edges).toHaveLength(size);
  expect(data.creatives.totalCount).toBe(size);
  return statements.length;
}

const order = `orderBy: { field: METRIC, metric: SPEND, direction: DESC, range: { preset: LAST_7_DAYS } }`;
const filter = `filter: { nameContains: "c", statuses: [ENDED], delivered: null }`;
const everything = `{
  clients(first: 100) { totalCount edges { node { name
    campaigns { totalCount edges { node { name status labels client { name }
      strategies { totalCount edges { node { name status campaign { name }
        placements { totalCount edges { node { name status strategy { name }
          creatives { totalCount edges { node { name status placement { name } client { name } } } }
        } } }
      } } }
    } } }
    strategies(${order}) { totalCount edges { node { name } } }
    placements(last: 2) { totalCount edges { node { name } } }
    creatives(${filter}) { totalCount edges { node { name } } }
  } } }
  campaigns(${filter}) { totalCount edges { node { name status labels client { name } } } }
  strategies(first: 100, ${order}) { totalCount edges { node { name status client { name } } } }
  placements(last: 100) { totalCount edges { node { name status client { name } } } }
  creatives(first: 100) { totalCount edges { node { name status placement { strategy { campaign { name } } } } } }
}`;

test('what is not asked for is not counted', async () => {
  const list = '{ campaigns(first: 1) { edges { node { name } } PLACE } }';
  const bare = await ask(list.replace('PLACE', ''));
  const counted = await ask(list.replace('PLACE', 'totalCount'));
  expect(counted.data.campaigns.totalCount).toBe(2);
  expect(counted.statements.length).toBe(bare.statements.length + 1);
});

test('a client sees its own alone, and no order by what is not for it', async () => {
  const other = await addClient(agency, 'Other');
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [other.id] };
  const lists = 'clients campaigns strategies placements creatives'.split(' ');
  const asked = lists.map((name) => `${name} { totalCount edges { node { name } } }`).join(' ');
  const { data } = await ask(`{ ${asked} }`, {}, viewer);
  expect(lists.map((name) => data[name].totalCount)).toEqual([1, 0, 0, 0, 0]);
  expect(namesIn(data.clients)).toEqual(['Other']);
  const acme = toGlobalId('Client', client.id);
  const foreign = await ask(
    `{ campaigns(filter: { clientIds: ["${acme}"], feedId: "${toGlobalId('Feed', feed.id)}" }) {
      totalCount } }`,
    {},
    viewer,
  );
  expect(foreign.data.campaigns.totalCount).toBe(0);
  for (const metric of ['MEDIA_COST', 'MARGIN_RATE']) {
    const by = `orderBy: { field: METRIC, metric: ${metric}, range: { preset: LAST_WEEK } }`;
    for (const list of [
      `campaigns(${by}) { totalCount }`,
      `clients { edges { node { strategies(${by}) { totalCount } } } }`,
    ]) {
      expect((await ask(`{ ${list} }`, {}, viewer)).error).toMatchObject({ code: 'FORBIDDEN' });
      expect((await ask(`{ ${list} }`)).error).toBeUndefined();
    }
  }
});

test.each([
  ['campaigns(first: 1001)', ['first']],
  ['campaigns(last: 0)', ['last']],
  ['campaigns(first: 1, last: 1)', ['first', 'last']],
  ['campaigns(after: "x")', ['after']],
  ['campaigns(before: "x")', ['before']],
  ['campaigns(orderBy: { field: METRIC })', ['metric', 'range']],
  ['campaigns(filter: { delivered: { from: "2026-02-01", to: "2026-01-01" } })', ['from', 'to']],
  ['campaigns(filter: { delivered: { from: "2019-01-01", to: "2026-01-01" } })', ['from', 'to']],
  ['campaigns(filter: { clientIds: ["x"] })', ['clientIds']],
  ['campaigns(filter: { feedId: "Q2xpZW50OnggYQ" })', ['feedId']],
])('%s is a BAD_USER_INPUT', async (list, fields) => {
  const { error } = await ask(`{ ${list} { edges { cursor } } }`);
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT', fields });
});

test('nodes are as the Relay specification says, and so are pages', async () => {
  const shape = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
  const { data } = await ask(`{
    node: __type(name: "Node") { name kind fields { name type { ${shape} } } }
    page: __type(name: "PageInfo") { fields { name type { ${shape} } } }
    connection: __type(name: "CampaignConnection") { fields { name type { ${shape} } } }
    edge: __type(name: "CampaignEdge") { fields { name type { ${shape} } } }
    root: __schema { queryType { fields { name type { ${shape} } args { name type { ${shape} } } } } }
  }`);
  const written = (type: Answer): string => {
    if (type.kind === 'NON_NULL') return `${written(type.ofType)}!`;
    return type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name;
  };
  const fieldsOf = (type: Answer) =>
    Object.fromEntries(type.fields.map((each: Answer) => [each.name, written(each.type)]));
  expect(data.node).toMatchObject({ name: 'Node', kind: 'INTERFACE' });
  expect(fieldsOf(data.node)).toEqual({ id: 'ID!' });
  expect(fieldsOf(data.page)).toEqual({
    ...{ hasNextPage: 'Boolean!', hasPreviousPage: 'Boolean!' },
    ...{ startCursor: 'String', endCursor: 'String' },
  });
  expect(fieldsOf(data.connection)).toMatchObject({
    edges: '[CampaignEdge!]!',
    pageInfo: 'PageInfo!',
  });
  expect(fieldsOf(data.edge)).toEqual({ cursor: 'String!', node: 'Campaign!' });
  const rootField = (name: string) => {
    const { type, args } = data.root.queryType.fields.find((each: Answer) => each.name === name);
    return [written(type), ...args.map((each: Answer) => `${each.name}: ${written(each.type)}`)];
  };
  expect(rootField('node')).toEqual(['Node', 'id: ID!']);
  expect(rootField('nodes')).toEqual(['[Node]!', 'ids: [ID!]!']);
  expect(rootField('campaigns')).toEqual(
    expect.arrayContaining(['first: Int', 'after: String', 'last: Int', 'before: String']),
  );
});

describe('nodes', () => {
  const nodes = (named: string[], viewer?: Viewer) =>
    ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: named }, viewer);

  test('are in the order of their ids, null where there is nothing to see, one statement a type', async () => {
    const missing = toGlobalId('Campaign', feed.id);
    const known = ['Sale', 'Brand/Geo', 'Brand', 'Sale'].map(idOf);
    const named = [known[0], missing, ...known.slice(1), toGlobalId('Feed', feed.id)] as string[];
    const { data, statements } = await nodes(named);
    expect(data.nodes.map((node: Answer | null) => node?.id ?? null)).toEqual(
      named.map((id) => (id === missing ? null : id)),
    );
    const one = await nodes(named.slice(0, 1));
    expect(statements.length).toBe(one.statements.length + 2);
    const viewer = { ...agency.actor, role: 'CLIENT' as const };
    const hidden = await nodes(named, viewer);
    expect(hidden.data.nodes.at(-1)).toBeNull();
  });

  test('are at most 1,000, and each is an id', async () => {
    const refusal = { code: 'BAD_USER_INPUT', fields: ['ids'] };
    expect((await nodes(Array(1001).fill(idOf('Sale')))).error).toMatchObject(refusal);
    expect((await nodes([idOf('Sale'), 'x'])).error).toMatchObject(refusal);
    expect((await nodes([])).data).toEqual({ nodes: [] });
  });
});

test('what was merged counts towards what it was merged into, is listed no more, and leads up to it', async () => {
  const merged = await addMedia(agency, feed, ['Into/s/p/one', 'Old/t/q/two']);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('update campaigns set canonical_id = ? where id = ?', [
      ...[merged.get('Into'), merged.get('Old')],
    ]),
  );
  const date = '2026-02-03';
  await addFacts(agency, feed, merged, [{ path: 'Old/t/q/two', date, impressions: 5, spend: 2 }]);
  const range = `{ from: "${date}", to: "${date}" }`;
  const { data, error } = await ask(`{
    campaigns(filter: { delivered: ${range} }, orderBy: {
      field: METRIC, metric: SPEND, direction: DESC, range: ${range} }) {
      edges { node { name strategies { totalCount edges { node { name campaign { name } } } } } }
    }
    old: node(id: "${toGlobalId('Creative', merged.get('Old/t/q/two') ?? '')}") {
      ... on Creative { placement { strategy { name campaign { name } } } }
    }
  }`);
  expect(error).toBeUndefined();
  const into = { name: 'Into' };
  expect(data).toEqual({
    campaigns: {
      edges: [
        {
          node: {
            ...into,
            strategies: {
              totalCount: 2,
              edges: ['s', 't'].map((name) => ({ node: { name, campaign: into } })),
            },
          },
        },
      ],
    },
    old: { placement: { strategy: { name: 't', campaign: into } } },
  });
});
