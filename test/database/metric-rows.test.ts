import fc from 'fast-check';
import {
  DashboardDocument,
  MetricRowsDocument,
  type MetricRowsQueryVariables,
} from '../../client/operations.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { globalIdSql, toGlobalId } from '../../src/domain/global-id.ts';
import { buildQuery } from '../../src/domain/metric-rows/build-query.ts';
import { isCovered } from '../../src/domain/metric-rows/is-covered.ts';
import type { MetricQuery } from '../../src/domain/metric-rows/metric-query.ts';
import { deriveMetric } from '../../src/domain/metrics/derive-metric.ts';
import { metricKeys } from '../../src/domain/metrics/registry.ts';
import { sumMetrics, sumSeries } from '../../src/domain/metrics/sum-metrics.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let client: Client;
let feed: Feed;
let graph: Awaited<ReturnType<typeof createGraph>>;
const [monday, sunday, nextMonday] = ['2026-03-02', '2026-03-08', '2026-03-09'] as const;
const range = { from: monday, to: nextMonday };

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  const loader = await createLoader(agency);
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client, { keyPattern: 'acme/{date}.csv' });
  const row = (campaign: string, strategy: string, creative: string, impressions: number) =>
    surfsideRow({ campaign, strategy, creative, impressions, clicks: 10, conversions: 1 });
  const days = {
    [monday]: [row('Brand', 'Video', 'A', 1000), row('Brand', 'Display', 'A', 2000)],
    [sunday]: [row('Brand', 'Video', 'A', 4000), row('Launch', 'Video', 'B', 8000)],
    [nextMonday]: [row('Launch', 'Video', 'C', 16000)],
  };
  for (const [day, rows] of Object.entries(days)) {
    await agency.bucket.put(`acme/${day}.csv`, surfsideFile(day, rows));
    await loader.load(feed, day);
  }
  await loader.close();
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

function read(query: Partial<MetricQuery>) {
  const whole = { dimensions: [], metrics: [], filters: {}, range, weekStartsOn: 1, ...query };
  const { sql, parameters } = buildQuery(whole, globalIdSql);
  return agency.database.withTenant(agency.tenant, (em) => em.execute(sql, parameters));
}

test.each([
  [
    1,
    [
      ['2026-03-02', '15000'],
      ['2026-03-09', '16000'],
    ],
  ],
  [
    0,
    [
      ['2026-03-01', '3000'],
      ['2026-03-08', '28000'],
    ],
  ],
])('weeks that start on day %i', async (weekStartsOn, expected) => {
  const rows = await read({ dimensions: ['week'], metrics: ['impressions'], weekStartsOn });
  expect(rows.map(({ week, impressions }) => [week, impressions]).sort()).toEqual(expected);
});

test('campaigns by source, with ratios of their sums', async () => {
  const rows = await read({ dimensions: ['source', 'campaign'], metrics: ['spend', 'ctr', 'cpa'] });
  expect(rows.sort((a, b) => a.campaign.localeCompare(b.campaign))).toMatchObject([
    // 7,000 impressions at 15.00; 30 clicks; 3 conversions.
    {
      source: 'SURFSIDE',
      campaign: 'Brand',
      spend: '105',
      ctr: '0.004285714286',
      cpa: '35',
      currency: 'USD',
    },
    { source: 'SURFSIDE', campaign: 'Launch', spend: '360', ctr: '0.000833333333', cpa: '180' },
  ]);
});

test('every metric of every dimension can be asked for; ids are those of the graph', async () => {
  const rows = await read({
    dimensions: [
      'date',
      'week',
      'month',
      'client',
      'source',
      'feed',
      'campaign',
      'strategy',
      'placement',
      'creative',
      'label',
    ],
    metrics: metricKeys,
  });
  expect(rows).toHaveLength(5);
  expect(rows[0]).toMatchObject({
    clientId: toGlobalId('Client', client.id),
    feedId: toGlobalId('Feed', feed.id),
    label: null,
  });
});

test('filters restrict; an empty list leaves nothing', async () => {
  const total = (filters: MetricQuery['filters']) => read({ metrics: ['impressions'], filters });
  expect(await total({})).toEqual([{ impressions: '31000' }]);
  expect(await total({ sources: ['VIBE'] })).toEqual([]);
  expect(
    await total({ sources: ['surfside'], feedIds: [feed.id], clientIds: [client.id] }),
  ).toEqual([{ impressions: '31000' }]);
  for (const name of ['clientIds', 'feedIds', 'campaignIds', 'creativeIds', 'sources', 'labels']) {
    expect(await total({ [name]: [] })).toEqual([]);
  }
});

test('labels restrict, whatever their case', async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `insert into campaign_labels (campaign_id, label, organization_id, client_id)
       select id, 'Spring', organization_id, client_id from campaigns where name = 'Launch'`,
    ),
  );
  const ofLabel = (label: string) =>
    read({ dimensions: ['label'], metrics: ['impressions'], filters: { labels: [label] } });
  expect(await ofLabel('spring')).toEqual([{ label: 'Spring', impressions: '24000' }]);
  expect(await ofLabel('autumn')).toEqual([]);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('delete from campaign_labels'),
  );
});

describe('what was merged', () => {
  const levels = ['campaign', 'strategy', 'placement', 'creative'] as const;
  const tables = ['campaigns', 'strategies', 'placements', 'creatives'] as const;

  test.each(levels)(
    'into another %s counts towards it, by filter, group and node',
    async (level) => {
      const table = tables[levels.indexOf(level)];
      const sums = `select ${level}_id as id, sum(impressions)::text as impressions from daily_metrics
      group by 1 order by sum(impressions), 1`;
      await agency.database.withTenant(agency.tenant, async (em) => {
        const [from, into] = await em.execute<{ id: string; impressions: string }[]>(sums);
        if (!from || !into) throw new Error('There is nothing to merge');
        const both = String(Number(from.impressions) + Number(into.impressions));
        await em.execute(`update ${table} set canonical_id = ? where id = ?`, [into.id, from.id]);
        const ask = (query: Partial<MetricQuery>) => {
          const built = buildQuery(
            {
              dimensions: [],
              metrics: ['impressions'],
              filters: {},
              range,
              weekStartsOn: 1,
              ...query,
            },
            (_, id) => id,
          );
          return em.execute<Record<string, string>[]>(built.sql, built.parameters);
        };
        const filter = `${level}Ids`;
        expect(await ask({ filters: { [filter]: [into.id] } })).toEqual([{ impressions: both }]);
        expect(await ask({ filters: { [filter]: [from.id] } })).toEqual([
          { impressions: from.impressions },
        ]);
        const grouped = new Map(
          (await ask({ dimensions: [level] })).map((row) => [row[`${level}Id`], row.impressions]),
        );
        expect([grouped.get(into.id), grouped.get(from.id)]).toEqual([both, undefined]);
        // The same, whatever else is asked for at once.
        for (const ids of [[into.id], [from.id, into.id]]) {
          const totals = await sumMetrics(em, level, ids, range);
          expect(deriveMetric(totals.get(into.id) ?? [], 'impressions')).toBe(both);
          const series = await sumSeries(em, level, ids, {
            ...range,
            grain: 'MONTH',
            weekStartsOn: 1,
          });
          const month = series.get(into.id)?.get('2026-03-01') ?? [];
          expect(deriveMetric(month, 'impressions')).toBe(both);
        }
        const own = await sumMetrics(em, level, [from.id, into.id], range);
        expect(deriveMetric(own.get(from.id) ?? [], 'impressions')).toBe(from.impressions);
        await em.execute(`update ${table} set canonical_id = null`);
      });
    },
  );
});

test('whether the days are covered', async () => {
  await agency.database.withTenant(agency.tenant, async (em) => {
    const covers = (from: string, to: string) =>
      isCovered(em, { clientIds: [client.id] }, { from, to });
    expect(await covers(sunday, nextMonday)).toBe(true);
    expect(await covers(monday, monday)).toBe(true);
    // Data begin on the Monday.
    expect(await covers('2026-02-01', monday)).toBe(false);
    expect(await covers(monday, nextMonday)).toBe(false);
    expect(await covers(monday, sunday)).toBe(false);
    expect(await covers('2026-02-01', '2026-02-02')).toBe(false);
    expect(await isCovered(em, { sources: ['VIBE'] }, { from: monday, to: monday })).toBe(false);
  });
});

async function ask(variables: Partial<MetricRowsQueryVariables>, viewer = agency.actor) {
  const whole = { dimensions: [], metrics: ['IMPRESSIONS'], range, ...variables } as const;
  const { result } = await graph.run(viewer, MetricRowsDocument, whole as never);
  return { rows: result.data?.metricRows, error: result.errors?.[0] };
}

test('rows of the graph have typed columns, a true total and a word on the days', async () => {
  const { rows } = await ask({
    ...{
      dimensions: ['LABEL', 'CAMPAIGN'],
      metrics: ['IMPRESSIONS', 'SPEND', 'CTR'],
      grain: 'WEEK',
    },
    orderBy: { key: 'spend', direction: 'DESC' },
  });
  expect(rows?.columns.map(({ key }) => key)).toEqual([
    ...['week', 'label', 'campaignId', 'campaign', 'currency', 'impressions', 'spend', 'ctr'],
  ]);
  expect(rows?.columns.slice(-3)).toMatchObject([
    { type: 'INTEGER', unit: 'COUNT', additive: true },
    { type: 'DECIMAL', unit: 'CURRENCY', additive: true },
    { type: 'FLOAT', unit: 'FRACTION', additive: false },
  ]);
  expect(rows?.rows.map((row) => [row?.[0], ...(row?.slice(3) ?? [])])).toEqual([
    ['2026-03-09', 'Launch', 'USD', 16000, '240', 0.000625],
    ['2026-03-02', 'Launch', 'USD', 8000, '120', 0.00125],
    ['2026-03-02', 'Brand', 'USD', 7000, '105', 0.004285714286],
  ]);
  // 50 clicks / 31,000 impressions, and not the mean of the rows.
  expect(rows?.totals).toEqual([[null, null, null, null, 'USD', 31000, '465', 0.001612903226]]);
  expect(rows?.complete).toBe(false);
  expect(Date.parse(String(rows?.asOf))).not.toBeNaN();
});

test('pages of any size, in any order, are together all rows', async () => {
  const all = {
    dimensions: ['DATE', 'CREATIVE', 'LABEL'],
    metrics: ['IMPRESSIONS', 'CTR', 'VCR'],
  } as const;
  const keys = fc.constantFrom(
    'date',
    'creative',
    'label',
    'impressions',
    'ctr',
    'vcr',
    'creativeId',
  );
  const orders = fc.record({
    key: keys,
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  });
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 1, max: 6 }), async (orderBy, first) => {
      const { rows: whole } = await ask({ ...(all as object), orderBy });
      const pages: unknown[] = [];
      for (let after: string | null = null; ; ) {
        const { rows, error } = await ask({ ...(all as object), orderBy, first, after });
        expect(error).toBeUndefined();
        pages.push(...(rows?.rows ?? []));
        if (!rows?.pageInfo.hasNextPage) break;
        after = rows.pageInfo.endCursor ?? null;
      }
      expect(whole?.rows).toHaveLength(5);
      expect(pages).toEqual(whole?.rows);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['no metric', { metrics: [] }, 'at least one metric'],
  ['a metric twice', { metrics: ['SPEND', 'SPEND'] }, 'asked for twice'],
  ['an order by what is no column', { orderBy: { key: 'cost' } }, 'no column'],
  ['a page of 1,001', { first: 1001 }, '1 to 1000'],
  ['a cursor of another list', { after: 'bm9wZQ' }, 'cursor'],
  ['an id of another type', { filters: { clientIds: [toGlobalId('Feed', 'x')] } }, 'no id'],
  ['a range that ends before it starts', { range: { from: monday, to: '2026-03-01' } }, 'ends'],
  ['a label with half a character', { filters: { labels: ['\ud800'] } }, 'no name has'],
])('%s is refused', async (_, variables, message) => {
  const { error } = await ask(variables as never);
  expect(error?.message).toContain(message);
  expect(error?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('what is internal is not for clients, in rows, orders or rankings', async () => {
  const viewer = { ...agency.actor, role: 'CLIENT' as const, clientIds: [client.id] };
  const { error } = await ask({ metrics: ['MARGIN'] }, viewer);
  expect(error?.originalError).toMatchObject({ code: 'FORBIDDEN' });
  const variables = { clientId: toGlobalId('Client', client.id), range, by: 'MEDIA_COST' } as const;
  const { result } = await graph.run(viewer, DashboardDocument, variables);
  expect(result.errors?.map(({ originalError }) => originalError)).toContainEqual(
    expect.objectContaining({ code: 'FORBIDDEN' }),
  );
});

test('a dashboard has totals, change, what stands out and the last runs, in one query', async () => {
  const variables = { clientId: toGlobalId('Client', client.id), range, first: 1 };
  const { result } = await graph.run(agency.actor, DashboardDocument, {
    ...variables,
    compareTo: { period: 'PREVIOUS_PERIOD' },
  });
  expect(result.errors).toBeUndefined();
  expect(result.data?.dashboard).toMatchObject({
    client: { name: 'Acme', freshness: [{ dataThrough: nextMonday }] },
    summary: { impressions: 31000, spend: '465', coverage: { status: 'PARTIAL' } },
    topCampaigns: [{ node: { name: 'Launch' }, metrics: { spend: '360', roas: 0.141666666667 } }],
    topStrategies: [{ node: { name: 'Video', campaign: { name: 'Launch' } } }],
    topPlacements: [{ metrics: { spend: '360' } }],
    topCreatives: [{ node: { name: 'C', previewUrl: null }, metrics: { spend: '240' } }],
    lastRuns: [{ status: 'SUCCEEDED', fromDate: nextMonday }],
  });
});
