import { parse } from 'graphql';
import { Client as PgClient } from 'pg';
import { HierarchyDocument, PerformanceDocument } from '../../client/operations.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { ServiceTokenScope } from '../../src/domain/service-token/service-token.entity.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { writeField } from '../support/write-field.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let large: Client;
let small: Client;
let feed: Feed;
const day = '2026-03-02';
const range = { from: day, to: day };

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  const loader = await createLoader(agency);
  [large, small] = [await addClient(agency, 'Large'), await addClient(agency, 'Small')];
  feed = await addFeed(agency, large, { keyPattern: 'large/{date}.csv' });
  const smallFeed = await addFeed(agency, small, { keyPattern: 'small/{date}.csv' });
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      surfsideRow({
        campaign: `Campaign ${String(index).padStart(2, '0')}`,
        impressions: 1000 * (index + 1),
        creative: `Ad ${index}`,
      }),
    );
  await agency.bucket.put(`large/${day}.csv`, surfsideFile(day, rows(50)));
  await agency.bucket.put(`small/${day}.csv`, surfsideFile(day, rows(1)));
  await Promise.all([loader.load(feed, day), loader.load(smallFeed, day)]);
  await loader.close();
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

/** The client in an answer about a node. */
function clientOf<Node extends { __typename: string }>(
  data: { node?: Node | null } | null | undefined,
) {
  if (data?.node?.__typename !== 'Client') throw new Error('The answer is not a client');
  return data.node as Extract<Node, { __typename: 'Client' }>;
}

const idOf = (client: Client) => toGlobalId('Client', client.id);

test('totals and ratios are those worked out by hand', async () => {
  const { result } = await graph.run(agency.actor, PerformanceDocument, { id: idOf(small), range });
  expect(result.errors).toBeUndefined();
  const { node } = result.data ?? {};
  // One row: 1000 impressions, 10 clicks, 1 conversion, 25.50 revenue; CPM 15.00 makes 15.00 of spend.
  expect(node).toMatchObject({
    metrics: {
      impressions: 1000,
      clicks: 10,
      conversions: '1',
      revenue: '25.5',
      spend: '15',
      ctr: 0.01,
      cvr: 0.1,
      roas: 1.7,
      cpc: '1.5',
      cpa: '15',
      cpm: '15',
      partialRatios: [],
    },
  });
});

test('a list of 50 with metrics, four levels deep, asks no more than a list of 1', async () => {
  const ask = (client: Client) =>
    graph.run(agency.actor, HierarchyDocument, { id: idOf(client), range, first: 1000 });
  const [one, fifty] = [await ask(small), await ask(large)];
  const { campaigns } = clientOf(fifty.result.data);
  expect(campaigns.edges).toHaveLength(50);
  expect(fifty.statements.length).toBe(one.statements.length);
  // The tenant that is set, the node, children and metrics of each of the four levels, and the client.
  expect(fifty.statements.length).toBeLessThanOrEqual(11);
});

test('a query reads in one transaction, read-only and at one instant', async () => {
  const { statements } = await graph.run(agency.actor, PerformanceDocument, {
    id: idOf(large),
    range,
  });
  expect(statements.filter((sql) => sql.includes('set_config')).length).toBe(1);
  const reading = await agency.database.beginRead(agency.tenant);
  const [kind] = await reading.em.execute(
    `select current_setting('transaction_isolation') as isolation,
       current_setting('transaction_read_only') as is_read_only`,
  );
  await reading.end();
  expect(kind).toEqual({ isolation: 'repeatable read', is_read_only: 'on' });
});

test('what was merged into another counts towards it, and is listed no more', async () => {
  const ask = () => graph.run(agency.actor, PerformanceDocument, { id: idOf(large), range });
  const named = (name: string) =>
    agency.database.withTenant(agency.tenant, async (em) => {
      const [row] = await em.execute<{ id: string }[]>(
        'select id from campaigns where client_id = ? and name = ?',
        [large.id, name],
      );
      return row?.id ?? '';
    });
  const merge = async (into: string | null) =>
    agency.database.withTenant(agency.tenant, async (em) =>
      em.execute('update campaigns set canonical_id = ? where id = ?', [
        into,
        await named('Campaign 01'),
      ]),
    );
  await merge(await named('Campaign 00'));
  const { campaigns, metrics } = clientOf((await ask()).result.data);
  await merge(null);
  const shown = new Map(campaigns.edges.map(({ node }) => [node.name, node.metrics.impressions]));
  // 1,000 of its own and 2,000 of the other.
  expect(shown.get('Campaign 00')).toBe(3000);
  expect(shown.has('Campaign 01')).toBe(false);
  expect(metrics.impressions).toBe((50 * 51 * 1000) / 2);
});

test('operations that lose their connection give it back: the next ones are answered', async () => {
  const superuser = new PgClient({ connectionString: agency.urls.superuserUrl });
  await superuser.connect();
  const document = parse('{ clients { edges { node { name } } } }') as never;
  // More often than the pool has connections; each is cut while its statement waits for the locked table.
  for (let broken = 0; broken < 5; broken++) {
    await superuser.query('begin; lock table clients');
    const asking = graph.run(agency.actor, document, {});
    for (let cut = 0; cut === 0; ) {
      const { rowCount } = await superuser.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
        where usename = 'mediagraph_server' and datname = current_database()
          and wait_event_type = 'Lock'`);
      cut = rowCount ?? 0;
      // Within a transaction the view shows one moment for ever, unless its snapshot is given up.
      await superuser.query('select pg_stat_clear_snapshot()');
    }
    await superuser.query('rollback');
    const { result } = await asking;
    expect(result.errors).toHaveLength(1);
  }
  await superuser.end();
  const { result } = await graph.run(agency.actor, document, {});
  expect(result.errors).toBeUndefined();
});

test('mutations of several fields at once do not wait for each other for ever', async () => {
  const add = (name: string) =>
    `createClient(input: { name: "${name}", timeZone: "UTC", currency: "USD" }) { client { id rateCards { id } } }`;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      graph.run(
        agency.actor,
        parse(`mutation { a: ${add(`Many a${index}`)} b: ${add(`Many b${index}`)} }`) as never,
        {},
      ),
    ),
  );
  expect(answers.flatMap(({ result }) => result.errors ?? [])).toEqual([]);
});

test('pages of any size are, together, the whole list', async () => {
  const document = parse(`
    query ($id: ID!, $first: Int!, $after: String) {
      node(id: $id) {
        ... on Client {
          campaigns(first: $first, after: $after) {
            edges { node { name } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }`) as never;
  for (const first of [1, 7, 49, 50, 51]) {
    const names: string[] = [];
    for (let after: string | null = null; ; ) {
      const variables: object = { id: idOf(large), first, after };
      const { result } = await graph.run(agency.actor, document, variables);
      const { campaigns } = (result.data as { node: { campaigns: Connection } }).node;
      names.push(...campaigns.edges.map(({ node }) => node.name));
      if (!campaigns.pageInfo.hasNextPage) break;
      after = campaigns.pageInfo.endCursor;
    }
    expect(names).toHaveLength(50);
    expect(names).toEqual([...new Set(names)].sort());
  }
});

interface Connection {
  edges: { node: { name: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

test.each([
  [
    'a range that ends before it starts',
    { range: { from: day, to: '2026-03-01' } },
    'before it starts',
  ],
  ['a range over 5 years', { range: { from: '2019-01-01', to: day } }, 'at most 5 years'],
])('%s is a BAD_USER_INPUT', async (_, variables, message) => {
  const { result } = await graph.run(agency.actor, PerformanceDocument, {
    id: idOf(small),
    ...variables,
  });
  expect(result.errors?.[0]?.message).toContain(message);
  expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test.each([0, 1001, 1_000_000_000])('first: %i is refused', async (first) => {
  const variables = { id: idOf(large), range, first };
  const { result } = await graph.run(agency.actor, HierarchyDocument, variables);
  expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('the days without data are gaps with their reason, never zeros', async () => {
  const { result } = await graph.run(agency.actor, PerformanceDocument, {
    id: idOf(large),
    range: { from: '2026-03-01', to: '2026-03-03' },
  });
  const { feeds } = clientOf(result.data);
  expect(feeds[0]?.gaps).toEqual([
    { date: '2026-03-01', status: 'BEFORE_FIRST_DATA', reason: null },
    { date: '2026-03-03', status: 'PENDING', reason: null },
  ]);
});

test('a user of one client reads it alone, and neither feeds nor runs', async () => {
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [small.id] };
  const document = parse(
    '{ clients { edges { node { name } } } ingestionRuns { edges { cursor } } }',
  );
  const { result } = await graph.run(viewer, document as never, {});
  expect(result.data).toBeNull();
  expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });

  const own = await graph.run(
    viewer,
    parse('{ clients { edges { node { name } } } }') as never,
    {},
  );
  expect(own.result.data).toEqual({ clients: { edges: [{ node: { name: 'Small' } }] } });
  for (const id of [idOf(large), toGlobalId('Feed', feed.id)]) {
    const foreign = await graph.run(viewer, parse(`{ node(id: "${id}") { id } }`) as never, {});
    expect(foreign.result).toEqual({ data: { node: null } });
  }
});

test('every field, argument and type of the graph has a description', () => {
  const bare: string[] = [];
  for (const type of Object.values(graph.schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    for (const field of fields) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      for (const argument of 'args' in field ? field.args : []) {
        if (!argument.description) bare.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  expect(bare).toEqual([]);
});

/** The mutations that a viewer is not refused for who they are. */
async function mutationsOpenTo(viewer: Viewer): Promise<string[]> {
  const mutations = Object.values(graph.schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(10);
  const open: string[] = [];
  for (const mutation of mutations) {
    const document = parse(`mutation { ${writeField(mutation)} }`);
    const { result } = await graph.run(viewer, document as never, {});
    const error = result.errors?.[0]?.originalError as { code?: string } | undefined;
    if (error?.code !== 'FORBIDDEN') open.push(mutation.name);
  }
  return open.toSorted();
}

test('every list of the graph is read from either end', async () => {
  const fields = Object.values(graph.schema.getQueryType()?.getFields() ?? {});
  const lists = fields.filter(({ type }) => String(type).endsWith('Connection!'));
  expect(lists.length).toBeGreaterThan(7);
  for (const { name } of lists) {
    const end = (arg: string) =>
      `${arg}: ${name}(${arg}: 1) { edges { cursor } pageInfo { endCursor } }`;
    const document = parse(`{ ${end('first')} ${end('last')} }`) as never;
    const { result } = await graph.run(agency.actor, document, {});
    expect({ name, errors: result.errors }).toEqual({ name, errors: undefined });
    for (const page of Object.values(result.data as object)) {
      expect(page.pageInfo.endCursor).toBe(page.edges[0]?.cursor ?? null);
    }
  }
});

/** What proves who somebody is, and so needs nobody to be known yet. */
const ways = [
  ...['acceptInvitation', 'refresh', 'requestPasswordReset', 'resetPassword'],
  ...['signIn', 'signInWithTicket'],
];

test("every mutation but those of one's own way in, of exports, reports and audits, and of who sees to an alert, is refused to an analyst", async () => {
  const own = [
    ...['confirmSecondFactor', 'disableSecondFactor', 'enrolSecondFactor'],
    ...['revokeAllSessions', 'revokeSession', 'signOut'],
    ...['acknowledgeAlert', 'snoozeAlert', 'exportMetrics', 'cancelMetricsExport', 'issueReport'],
    ...['setBrandProfile', 'createAeoSetUp', 'updateAeoSetUp', 'removeAeoSetUp'],
    ...['startAeoAudit', 'pauseAeoAudit', 'resumeAeoAudit', 'cancelAeoAudit', 'retryAeoAudit'],
    ...['exportAeoAudit', 'forgetAeoProposals'],
    ...['cancelErasure', 'createFileLink', 'exportUserData', 'requestUserErasure', 'setConsent'],
  ];
  expect(await mutationsOpenTo({ ...agency.actor, role: 'ANALYST' })).toEqual(
    [...ways, ...own].toSorted(),
  );
});

test('a service token changes only what its scopes name, whatever its role', async () => {
  const withScopes = (...scopes: ServiceTokenScope[]): Viewer => ({
    ...agency.actor,
    userId: null,
    email: null,
    serviceToken: { id: 'x', name: 'x', scopes, allowsQueryString: true, expiresAt: new Date() },
  });
  expect(await mutationsOpenTo(withScopes('READ'))).toEqual(ways);
  const ingesting = [
    ...['startIngestion', 'retryRun', 'resubmitRejects', 'cancelJob', 'retryJob'],
    ...['backfill', 'pauseBackfill', 'resumeBackfill', 'cancelBackfill'],
    ...['createUpload', 'previewUpload', 'confirmUpload', 'discardUpload'],
    ...ways,
  ].toSorted();
  expect(await mutationsOpenTo(withScopes('READ', 'INGEST'))).toEqual(ingesting);
});
