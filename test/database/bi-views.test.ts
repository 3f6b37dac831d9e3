import { readFileSync } from 'node:fs';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { NodeLevel } from '../../src/domain/media/levels.ts';
import { deriveMetric } from '../../src/domain/metrics/derive-metric.ts';
import { additiveKeys, type MetricKey, ratioKeys } from '../../src/domain/metrics/registry.ts';
import { rollUpSlice } from '../../src/domain/metrics/roll-up.ts';
import { sumMetrics } from '../../src/domain/metrics/sum-metrics.ts';
import { plainDecimal } from '../../src/domain/plain-decimal.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { type BiConnection, connectBiRole } from '../support/bi-connection.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let bi: BiConnection;
let client: Client;
let feed: Feed;
const days = ['2026-03-02', '2026-03-03'];
const range = { from: '2026-03-02', to: '2026-03-04' };
const asTenant: Agency['database']['withTenant'] = (tenant, fn) =>
  agency.database.withTenant(tenant, fn);

beforeAll(async () => {
  agency = await createAgency();
  // Before anything is loaded: what it closes to everybody, workers still need.
  bi = await connectBiRole(agency.urls, agency.tenant.organizationId);
  client = await addClient(agency);
  feed = await addFeed(agency, client);
  const other = await addFeed(agency, client, { name: 'Other', keyPattern: 'other-{date}.csv' });
  const loader = await createLoader(agency);
  for (const day of days) {
    const rows = ['Brand', 'Brand (old)', 'Sale'].map((campaign, index) =>
      surfsideRow({ campaign, impressions: 1000 + index, revenue: 0.1 + index }),
    );
    await agency.bucket.put(`report-${day}.csv`, surfsideFile(day, rows));
    await agency.bucket.put(`other-${day}.csv`, surfsideFile(day, rows.slice(1)));
  }
  await Promise.all([feed, other].map((each) => loader.load(each, range)));
  await loader.close();
  await asTenant(agency.tenant, async (em) => {
    // As of a source that reports no clicks, but what it charges.
    await em.execute(
      `insert into daily_metrics (feed_id, date, creative_id, organization_id, client_id, campaign_id,
         strategy_id, placement_id, impressions, spend, media_cost, completed_views)
       select feed_id, '2026-03-04', creative_id, organization_id, client_id, campaign_id, strategy_id,
         placement_id, 500, 7.5, 2.000000001, 9
       from daily_metrics where feed_id = ? and date = '2026-03-03'`,
      [feed.id],
    );
    await rollUpSlice(
      em,
      { feedId: feed.id, date: '2026-03-04' },
      `(select * from daily_metrics where feed_id = ? and date = '2026-03-04')`,
      [feed.id],
    );
    await em.execute(
      `update campaigns m set canonical_id = c.id from campaigns c
       where m.name = 'Brand (old)' and c.name = 'Brand'`,
    );
    await em.execute(
      `update creatives m set canonical_id = first.id
       from (select id from creatives order by id limit 1) first where m.id <> first.id`,
    );
    await em.execute(
      `insert into campaign_labels (campaign_id, label, organization_id, client_id)
       select id, label, organization_id, client_id from campaigns, unnest(array['Spring', 'B2B']) label
       where name = 'Brand'`,
    );
  });
});
afterAll(async () => {
  await bi.close();
  await agency.close();
});

test('views and columns are called what they were called before, and each says what it is', async () => {
  const columns = await bi.ask<{ name: string; comment: string | null }>(
    `select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as name,
       col_description(c.oid, a.attnum) as comment
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'bi'::regnamespace and a.attnum > 0
     order by c.relname, a.attnum`,
  );
  expect(columns.map(({ name }) => name)).toMatchSnapshot();
  expect(columns.filter(({ comment }) => !comment)).toEqual([]);
  const undescribed = await bi.ask(
    `select relname from pg_class where relnamespace = 'bi'::regnamespace and obj_description(oid) is null`,
  );
  expect(undescribed).toEqual([]);
});

const views: [NodeLevel, string][] = [
  ['client', 'daily_client_metrics'],
  ['campaign', 'daily_campaign_metrics'],
  ['strategy', 'daily_strategy_metrics'],
  ['placement', 'daily_placement_metrics'],
  ['creative', 'daily_metrics'],
];

test.each(views)(
  'by %s, the sums of bi.%s are those of the graph, to the last decimal',
  async (group, view) => {
    const sums = additiveKeys.map((key) => `sum(${inBi(key)})::text as "${key}"`).join(', ');
    const rows = await bi.ask<Row>(
      `select ${group}_id as id, ${sums} from ${view} where date between $1 and $2 group by 1`,
      [range.from, range.to],
    );
    expect(rows.length).toBe(
      { client: 1, campaign: 2, strategy: 3, placement: 3, creative: 1 }[group],
    );
    expect(rows.map(plain)).toEqual(await inGraph(group, rows, additiveKeys));
  },
);

test('the ratios of docs/bi-sql.md are those of the graph', async () => {
  const [, documented = ''] =
    /```sql\n(.*?)```/s.exec(readFileSync('docs/bi-sql.md', 'utf8')) ?? [];
  const ratios = await bi.ask<Row>(
    documented
      .replace(/between '.*?' and '.*?'/, `between '${range.from}' and '${range.to}'`)
      .replace('select campaign_name,', 'select campaign_id as id,'),
  );
  const rows = ratios.map(({ margin_rate: marginRate, ...row }) => ({ ...row, marginRate }) as Row);
  expect(rows).toHaveLength(2);
  expect(rows.map(plain)).toEqual(await inGraph('campaign', rows, ratioKeys));
});

type Row = Record<string, string | null> & { id: string };

/** What a metric of the graph is called in the views. */
function inBi(key: MetricKey): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function plain(row: Row): object {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plainDecimal(value)]));
}

/** The same metrics of the same nodes, as the graph has them. */
async function inGraph(group: NodeLevel, rows: Row[], keys: MetricKey[]): Promise<object[]> {
  const ids = rows.map(({ id }) => id);
  const totals = await asTenant(agency.tenant, (em) => sumMetrics(em, group, ids, range));
  return ids.map((id) => ({
    id,
    ...Object.fromEntries(keys.map((key) => [key, deriveMetric(totals.get(id) ?? [], key)])),
  }));
}

test('what was merged is listed no more, and what stands below it is listed below the other', async () => {
  const campaigns = await bi.ask('select campaign_name, labels, status from campaigns order by 1');
  expect(campaigns).toEqual([
    { campaign_name: 'Brand', labels: ['B2B', 'Spring'], status: 'ENDED' },
    { campaign_name: 'Sale', labels: [], status: 'ENDED' },
  ]);
  const placements = await bi.ask(
    'select campaign_name, strategy_name, count(*)::int as placements from placements group by 1, 2 order by 1',
  );
  expect(placements).toEqual([
    { campaign_name: 'Brand', strategy_name: 'Geo', placements: 2 },
    { campaign_name: 'Sale', strategy_name: 'Geo', placements: 1 },
  ]);
  const [creative] = await bi.ask('select count(*)::int as all from creatives');
  expect(creative).toEqual({ all: 1 });
  const labels = await bi.ask(
    `select label, sum(impressions)::int as impressions
     from daily_campaign_metrics join campaign_labels using (campaign_id) where date = $1 group by 1 order by 1`,
    [days[0]],
  );
  // 1,000 and 1,001 of the one feed, 1,001 of the other.
  expect(labels).toEqual([
    { label: 'B2B', impressions: 3002 },
    { label: 'Spring', impressions: 3002 },
  ]);
});

test('ids join rows with answers of the graph', async () => {
  const [row] = await bi.ask<{ client_id: string; graph_id: string }>('select * from clients');
  expect(row?.graph_id).toBe(toGlobalId('Client', client.id));
  const [creative] = await bi.ask<{ creative_id: string; graph_id: string }>(
    'select * from creatives',
  );
  expect(creative?.graph_id).toBe(toGlobalId('Creative', creative?.creative_id ?? ''));
});

test('what delivered within 7 days is active, whatever was merged into it, unless it was archived', async () => {
  const status = async () =>
    (await bi.ask<{ status: string }>('select status from campaigns order by campaign_name')).map(
      (row) => row.status,
    );
  const move = (sql: string) => asTenant(agency.tenant, (em) => em.execute(sql));
  await move(
    `update daily_rollups set date = current_date - 6
     where date = '2026-03-04' and entity_id = (select id from campaigns where name = 'Brand (old)')`,
  );
  expect(await status()).toEqual(['ACTIVE', 'ENDED']);
  await move(`update daily_rollups set date = date - 3 where date > '2026-03-04'`);
  expect(await status()).toEqual(['ENDED', 'ENDED']);
  await move(`update campaigns set archived_at = now() where name = 'Sale'`);
  expect(await status()).toEqual(['ENDED', 'ARCHIVED']);
  // What belongs to something archived is out of the way with it.
  expect(
    await bi.ask('select distinct campaign_name, status from placements order by campaign_name'),
  ).toEqual([
    { campaign_name: 'Brand', status: 'ENDED' },
    { campaign_name: 'Sale', status: 'ARCHIVED' },
  ]);
});

test('a ratio by zero is null, and a sum is divided exactly', async () => {
  const [row] = await bi.ask(
    `select ratio(1, 0) as by_zero, ratio(null, 1) as of_nothing, ratio(2, 3)::text as thirds,
       ratio(90071992547409930.000000001, 1)::text as exact`,
  );
  expect(row).toEqual({
    by_zero: null,
    of_nothing: null,
    thirds: '0.666666666667',
    exact: '90071992547409930.000000001000',
  });
});

test('a day without data is a gap with its status, never a row of zeros', async () => {
  const gaps = await bi.ask<{ date: Date; status: string; reason: string | null }>(
    `select date::text, feed_name, status, reason from data_gaps
     where date between '2026-03-02' and '2026-03-05' order by date, feed_name`,
  );
  expect(gaps).toMatchObject([
    { date: '2026-03-04', feed_name: 'Other', status: 'MISSING' },
    { date: '2026-03-04', feed_name: 'Surfside', status: 'MISSING' },
    { date: '2026-03-05', feed_name: 'Other', status: 'PENDING', reason: null },
    { date: '2026-03-05', feed_name: 'Surfside', status: 'PENDING', reason: null },
  ]);
  const [feedDay] = await bi.ask(
    `select status, has_data, version, row_count from feed_days where date = $1 and feed_name = 'Surfside'`,
    [days[0]],
  );
  expect(feedDay).toEqual({ status: 'APPLIED', has_data: true, version: 1, row_count: 3 });
  const [feeds] = await bi.ask(
    `select first_date::text, last_date::text from feeds where feed_name = 'Surfside'`,
  );
  expect(feeds).toEqual({ first_date: days[0], last_date: days[1] });
});
