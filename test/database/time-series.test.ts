import { parse } from 'graphql';
import {
  ComparisonDocument,
  type Grain,
  HomeDocument,
  TimeSeriesDocument,
} from '../../client/operations.ts';
import { today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let feed: Feed;
let campaigns: Map<string, string>;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client, { keyPattern: 'acme/{date}.csv' });
  const put = (day: string, body: string) => agency.bucket.put(`acme/${day}.csv`, body);
  const brand = (impressions: number, clicks = 10) =>
    surfsideRow({ campaign: 'Brand', impressions, clicks, conversions: 0 });
  // The 3rd has no file, the 4th one of which no row can be used, the 5th is not loaded.
  await put(
    '2026-03-02',
    surfsideFile('2026-03-02', [brand(1000), surfsideRow({ campaign: 'Launch' })]),
  );
  await put('2026-03-04', surfsideFile('2026-03-04', [brand(10, 20)]));
  await put('2026-03-06', surfsideFile('2026-03-06', [brand(3000, 0)]));
  const loader = await createLoader(agency);
  await loader.load(feed, { from: '2026-03-02', to: '2026-03-04' });
  await loader.load(feed, '2026-03-06');
  await loader.close();
  campaigns = await agency.database.withTenant(agency.tenant, async (em) => {
    const rows = await em.execute<{ id: string; name: string }[]>('select id, name from campaigns');
    return new Map(rows.map(({ id, name }) => [name, id]));
  });
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

async function seriesOf(id: string, from: string, to: string, grain?: Grain, fillGaps = true) {
  const variables = { id, range: { from, to }, grain: grain ?? null, fillGaps };
  const { result, statements } = await graph.run(agency.actor, TimeSeriesDocument, {
    ...variables,
    grain: grain ?? 'DAY',
  });
  expect(result.errors).toBeUndefined();
  const { node } = result.data ?? {};
  if (node?.__typename !== 'Client' && node?.__typename !== 'Campaign') throw new Error('No node');
  return { points: node.timeSeries, statements };
}
const clientId = () => toGlobalId('Client', client.id);

test('a day without data is a point that says why, and never a zero', async () => {
  const { points } = await seriesOf(clientId(), '2026-03-01', '2026-03-06');
  expect(points.map(({ from, status, metrics }) => [from, status, metrics?.impressions])).toEqual([
    ['2026-03-01', 'BEFORE_FIRST_DATA', undefined],
    ['2026-03-02', 'COMPLETE', 2000],
    ['2026-03-03', 'MISSING', undefined],
    ['2026-03-04', 'FAILED', undefined],
    ['2026-03-05', 'PENDING', undefined],
    ['2026-03-06', 'COMPLETE', 3000],
  ]);
  expect(points[3]?.reason).toMatch(/valid/);
  const { points: without } = await seriesOf(clientId(), '2026-03-01', '2026-03-06', 'DAY', false);
  expect(without.map(({ from }) => from)).toEqual(['2026-03-02', '2026-03-06']);
});

test('a node without a row on a day that has data delivered nothing', async () => {
  const launch = toGlobalId('Campaign', campaigns.get('Launch') ?? '');
  const { points } = await seriesOf(launch, '2026-03-05', '2026-03-06');
  expect(points).toMatchObject([
    { status: 'PENDING', metrics: null },
    // Nothing of something is nothing; nothing by nothing is not defined.
    { status: 'COMPLETE', metrics: { impressions: 0, spend: '0', ctr: null } },
  ]);
});

test('weeks and months are cut by the range, and say what they lack', async () => {
  const { points: weeks } = await seriesOf(clientId(), '2026-02-25', '2026-03-08', 'WEEK');
  expect(weeks).toMatchObject([
    { from: '2026-02-25', to: '2026-03-01', status: 'BEFORE_FIRST_DATA', metrics: null },
    { from: '2026-03-02', to: '2026-03-08', status: 'PARTIAL', metrics: { impressions: 5000 } },
  ]);
  expect(weeks[1]?.reason).toBe(
    'Days of feeds without data: 1 (no file came), 1 (could not be loaded), 3 (not loaded yet); the first is 2026-03-03, Surfside.',
  );
  const { points: months } = await seriesOf(clientId(), '2026-03-06', '2026-03-06', 'MONTH');
  expect(months).toMatchObject([
    { status: 'PARTIAL', reason: '30 of its 31 days lie outside the range.' },
  ]);
});

test('of a feed that is paused nothing is expected after its last day', async () => {
  const setEnabled = (enabled: boolean) =>
    agency.database.withTenant(agency.tenant, (em) =>
      em.execute('update schedules set enabled = ? where feed_id = ?', [enabled, feed.id]),
    );
  await setEnabled(false);
  const { points: days } = await seriesOf(clientId(), '2026-03-05', '2026-03-07');
  expect(days.map(({ status }) => status)).toEqual(['PENDING', 'COMPLETE', 'ENDED']);
  const { points: weeks } = await seriesOf(clientId(), '2026-03-02', '2026-03-08', 'WEEK');
  expect(weeks[0]?.reason).toMatch(
    /: 1 \(no file came\), 1 \(could not be loaded\), 1 \(not loaded yet\); /,
  );
  await setEnabled(true);
});

test('what points say of themselves costs no statement each', async () => {
  const { statements: short } = await seriesOf(clientId(), '2026-03-01', '2026-03-02');
  const { points, statements } = await seriesOf(clientId(), '2026-01-01', '2026-03-31');
  expect(points).toHaveLength(90);
  expect(statements.length).toBe(short.length);
});

test('a change is the difference and its share of the base; what cannot be divided says why', async () => {
  const { result } = await graph.run(agency.actor, ComparisonDocument, {
    id: clientId(),
    range: { from: '2026-03-06', to: '2026-03-06' },
    compareTo: { range: { from: '2026-03-02', to: '2026-03-02' } },
  });
  expect(result.errors).toBeUndefined();
  const { node } = result.data ?? {};
  expect(node).toMatchObject({
    metrics: {
      currency: 'USD',
      coverage: { status: 'COMPLETE', reason: null },
      comparison: {
        metrics: { from: '2026-03-02', to: '2026-03-02', impressions: 2000 },
        changes: [
          // 3,000 after 2,000.
          { metric: 'IMPRESSIONS', absolute: '1000', relative: 0.5, gap: null },
          // 0 clicks of 3,000 after 20 of 2,000.
          { metric: 'CTR', value: '0', base: '0.01', absolute: '-0.01', relative: -1, gap: null },
          { metric: 'COMPLETED_VIEWS', absolute: null, relative: null, gap: 'NO_VALUE' },
          { metric: 'SPEND', value: '45', base: '30', absolute: '15', relative: 0.5 },
        ],
      },
    },
  });
});

test('a base of zero, and one that is not there, are said, not divided by', async () => {
  const changesFrom = async (compareTo: object) => {
    const range = { from: '2026-03-02', to: '2026-03-02' };
    const { result } = await graph.run(agency.actor, ComparisonDocument, {
      ...{ id: clientId(), range },
      compareTo,
    });
    const { node } = result.data ?? {};
    return node?.__typename === 'Client' ? node.metrics.comparison : null;
  };
  // 20 clicks of 2,000 impressions, after none of 3,000.
  const afterNone = await changesFrom({ range: { from: '2026-03-06', to: '2026-03-06' } });
  expect(afterNone?.changes).toMatchObject([
    { metric: 'IMPRESSIONS', absolute: '-1000', gap: null },
    { metric: 'CTR', base: '0', absolute: '0.01', relative: null, gap: 'ZERO_BASE' },
    {},
    {},
  ]);
  // Of the 27th of February to the 2nd of March there is one day.
  const partial = await changesFrom({ range: { from: '2026-02-27', to: '2026-03-02' } });
  expect(partial?.changes[0]).toMatchObject({
    ...{ metric: 'IMPRESSIONS', absolute: '0', relative: null, gap: 'PARTIAL_BASE' },
  });
  // A day that was never loaded is no day of zeros.
  const yearBefore = await changesFrom({ period: 'PREVIOUS_YEAR' });
  expect(yearBefore).toMatchObject({
    metrics: { from: '2025-03-02', to: '2025-03-02', impressions: null },
    changes: [{ base: null, absolute: null, relative: null, gap: 'NO_BASE' }, {}, {}, {}],
  });
});

test.each([
  [{ from: '2026-03-06', to: '2026-03-05' }, 'ends (2026-03-05) before it starts'],
  [{ from: '2020-01-01', to: '2026-03-05' }, 'at most 5 years'],
  [{ from: '2026-03-06' }, 'both days'],
  [{ preset: 'YESTERDAY', from: '2026-03-06' }, 'not both'],
  [{}, 'both days'],
] as const)('the range %j is refused', async (range, message) => {
  const { result } = await graph.run(agency.actor, TimeSeriesDocument, { id: clientId(), range });
  expect(result.errors?.[0]?.message).toContain(message);
  expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('home has totals by currency, never added, and what is wrong with whom', async () => {
  const settings = { kind: 'INDIVIDUAL', timeZone: 'UTC', currency: 'EUR' } as const;
  await agency.database.withTenant(agency.tenant, (em) =>
    createClient(em, agency.actor, { name: 'Zeta', ...settings }),
  );
  // Archived, with facts of its own: it counts no more.
  const old = await addClient(agency, 'Old');
  await agency.database.withTenant(agency.tenant, async (em) => {
    await em.execute(
      `insert into daily_rollups select ?, date, feed_id, 32, level, organization_id, ?, null, null, null,
         impressions, clicks, conversions, revenue, spend
       from daily_rollups where entity_id = ?`,
      [old.id, old.id, client.id],
    );
    await em.execute(`update clients set status = 'ARCHIVED' where id = ?`, [old.id]);
  });
  const { result } = await graph.run(agency.actor, HomeDocument, {
    range: { from: '2026-03-01', to: '2026-03-31' },
    compareTo: { period: 'PREVIOUS_PERIOD' },
  });
  expect(result.errors).toBeUndefined();
  expect(result.data?.home.totals).toMatchObject([
    { currency: 'EUR', clientCount: 1, metrics: { impressions: null, spend: null } },
    {
      currency: 'USD',
      clientCount: 1,
      metrics: {
        impressions: 5000,
        spend: '75',
        coverage: { status: 'PARTIAL' },
        comparison: { changes: [{ relative: null, gap: 'NO_BASE' }] },
      },
    },
  ]);
  const [acme] = result.data?.clients.edges.map(({ node }) => node) ?? [];
  expect(acme).toMatchObject({
    name: 'Acme',
    dataThrough: '2026-03-06',
    freshness: [{ feedName: 'Surfside', dataThrough: '2026-03-06', isBehind: true }],
    problems: [{ kind: 'BEHIND', date: '2026-03-06', feed: { name: 'Surfside' } }],
  });
});

test('why a day has no data is told to clients without the names of files', async () => {
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [client.id] };
  const document = parse(`query Q($id: ID!, $range: DateRangeInput!) {
    home(range: $range) { totals { metrics { coverage { status reason } } } }
    node(id: $id) { ... on Client {
      timeSeries(range: $range) { reason } metrics(range: $range) { coverage { reason } }
    } }
  }`);
  const variables = { id: clientId(), range: { from: '2026-03-02', to: '2026-03-04' } };
  const ask = async (asker: typeof agency.actor) =>
    JSON.stringify((await graph.run(asker, document as never, variables)).result);
  expect(await ask(agency.actor)).toContain('acme/');
  const told = await ask(viewer);
  expect(told).toContain('no file came');
  expect(told).not.toContain('acme/');
});

test('presets are counted in the time zone of the client', async () => {
  const { result } = await graph.run(agency.actor, ComparisonDocument, {
    id: clientId(),
    range: { preset: 'TODAY' },
    compareTo: { period: 'PREVIOUS_PERIOD' },
  });
  const { node } = result.data ?? {};
  expect(node).toMatchObject({ metrics: { from: today('UTC') } });
});
