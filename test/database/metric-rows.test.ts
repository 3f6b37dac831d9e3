import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { buildQuery } from '../../src/domain/metric-rows/build-query.ts';
import { isCovered } from '../../src/domain/metric-rows/is-covered.ts';
import type { MetricQuery } from '../../src/domain/metric-rows/metric-query.ts';
import { metricKeys } from '../../src/domain/metrics/registry.ts';
import { globalIdSql, toGlobalId } from '../../src/schema/global-id.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let client: Client;
let feed: Feed;
const [monday, sunday, nextMonday] = ['2026-03-02', '2026-03-08', '2026-03-09'] as const;
const range = { from: monday, to: nextMonday };

beforeAll(async () => {
  agency = await createAgency();
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
afterAll(() => agency.close());

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

test('filters restrict, by what was merged as well', async () => {
  const total = (filters: MetricQuery['filters']) => read({ metrics: ['impressions'], filters });
  expect(await total({})).toEqual([{ impressions: '31000' }]);
  expect(await total({ sources: ['VIBE'] })).toEqual([]);
  expect(
    await total({ sources: ['SURFSIDE'], feedIds: [feed.id], clientIds: [client.id] }),
  ).toEqual([{ impressions: '31000' }]);
});

test('whether the days are covered', async () => {
  await agency.database.withTenant(agency.tenant, async (em) => {
    const covers = (from: string, to: string) =>
      isCovered(em, { clientIds: [client.id] }, { from, to });
    expect(await covers(sunday, nextMonday)).toBe(true);
    expect(await covers('2026-02-01', monday)).toBe(true);
    expect(await covers(monday, sunday)).toBe(false);
    expect(await covers('2026-02-01', '2026-02-02')).toBe(false);
    expect(await isCovered(em, { sources: ['VIBE'] }, { from: monday, to: monday })).toBe(false);
  });
});
