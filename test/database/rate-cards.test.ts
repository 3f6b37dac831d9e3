import { connectors } from '../../src/connectors/registry.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { setRateCard } from '../../src/domain/rate-card/set-rate-card.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { recomputeSpend } from '../../src/jobs/recompute-spend.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const days = ['2026-02-01', '2026-02-02'] as const;
const range = '{ from: "2026-02-01", to: "2026-02-02" }';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let feed: Feed;
let clientId: string;
let brandId: string;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  const definitions = [ingestFeed, recomputeSpend] as unknown as JobDefinition[];
  loader = await createLoader(agency, definitions);
});
afterAll(async () => {
  await loader.close();
  await graph.close();
  await agency.close();
});
beforeEach(async () => {
  const client = await addClient(agency, `Client of ${expect.getState().currentTestName}`);
  const folder = client.id;
  feed = await addFeed(agency, client, { keyPattern: `${folder}/{date}.csv` });
  for (const date of days) {
    const rows = [
      surfsideRow({ campaign: 'Brand', impressions: 1001, clicks: 1 }),
      surfsideRow({ campaign: 'Sale', impressions: 2000, clicks: 1 }),
    ];
    await agency.bucket.put(`${folder}/${date}.csv`, surfsideFile(date, rows));
  }
  await loader.load(feed, { from: days[0], to: days[1] });
  clientId = toGlobalId('Client', client.id);
  const { data } = await told(
    `{ campaigns(filter: { clientIds: ["${clientId}"] }) { nodes { id name } } }`,
  );
  brandId = data.campaigns.nodes.find(({ name }: { name: string }) => name === 'Brand').id;
});

async function told(text: string) {
  const { data, error } = await ask(graph, agency.actor, text);
  if (error) throw error;
  return { data };
}

/** Do what prices days anew, and wait for it. @returns what was answered. */
async function change(mutation: string, selection = 'rateCard { id } jobRun { id }') {
  const { data } = await told(`mutation { ${mutation} { ${selection} } }`);
  const [payload] = Object.values(data);
  if (payload.jobRun) {
    const id = fromGlobalId('JobRun', payload.jobRun.id);
    await loader.rig.send(id);
    expect(await loader.rig.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
  }
  return payload;
}

const set = (settings: string) =>
  change(`setRateCard(input: { clientId: "${clientId}", ${settings} })`);

/** What the graph says of the client: its spend, and by campaign. */
async function spend() {
  const { data } = await told(
    `{ node(id: "${clientId}") { ... on Client { metrics(range: ${range}) { spend }
       campaigns(orderBy: { field: NAME }) { nodes { name metrics(range: ${range}) { spend } } } } } }`,
  );
  const campaigns = data.node.campaigns.nodes as { name: string; metrics: { spend: string } }[];
  return {
    total: data.node.metrics.spend,
    ...Object.fromEntries(campaigns.map(({ name, metrics }) => [name, metrics.spend])),
  };
}

const changes = () =>
  agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      'select date, version, cause from fact_changes where feed_id = ? order by date, version',
      [feed.id],
    ),
  );

test('a card of the past prices loaded days anew, just those, in facts and in all that is summed of them', async () => {
  // 1001 / 1000 x 15 = 15.015 and 2000 / 1000 x 15 = 30, on each of two days.
  expect(await spend()).toEqual({ total: '90.03', Brand: '30.03', Sale: '60' });
  const loadedAt = async () => {
    const text = `{ provenance(nodeId: "${clientId}", date: "2026-02-02") { loadedAt } }`;
    return (await told(text)).data.provenance[0].loadedAt;
  };
  const before = await loadedAt();
  await set('cpm: "12.345678", effectiveFrom: "2026-02-02"');
  expect(await loadedAt()).toEqual(before);
  // 1001 / 1000 x 12.345678 = 12.358023678, and 24.691356.
  expect(await spend()).toEqual({
    total: '82.064379678',
    Brand: '27.373023678',
    Sale: '54.691356',
  });
  expect((await loader.facts(feed, days[1])).map(({ spend }) => spend).toSorted()).toEqual([
    '12.358023678',
    '24.691356000',
  ]);
  expect(await changes()).toEqual([
    { date: days[0], version: 1, cause: 'INGESTION' },
    { date: days[1], version: 1, cause: 'INGESTION' },
    { date: days[1], version: 2, cause: 'RATE_CARD' },
  ]);
});

test('the most specific card prices, each that is taken back leaves it to the next', async () => {
  const from = 'effectiveFrom: "2026-01-01"';
  await set(`cpm: "1", ${from}`);
  const ofSource = await set(`cpm: "2", ${from}, source: "SURFSIDE"`);
  const ofCampaign = await set(`cpm: "3", ${from}, campaignId: "${brandId}"`);
  const ofBoth = await set(`cpm: "4", ${from}, campaignId: "${brandId}", source: "SURFSIDE"`);
  expect(await spend()).toEqual({ total: '16.008', Brand: '8.008', Sale: '8' });
  const brands = ['6.006', '4.004', '2.002'];
  for (const { rateCard } of [ofBoth, ofCampaign, ofSource]) {
    await change(`removeRateCard(id: "${rateCard.id}")`);
    expect(await spend()).toMatchObject({ Brand: brands.shift() });
  }
  const again = await change(
    `removeRateCard(id: "${ofBoth.rateCard.id}")`,
    'rateCard { removedAt }',
  );
  expect(again.rateCard.removedAt).not.toBeNull();
  // What was taken back makes room for another of the same days.
  await set(`cpm: "5", ${from}, campaignId: "${brandId}", source: "SURFSIDE"`);
  expect(await spend()).toEqual({ total: '14.01', Brand: '10.01', Sale: '4' });
});

test('a preview tells days, impressions and the difference, and changes nothing', async () => {
  const card = `clientId: "${clientId}", cpm: "20", effectiveFrom: "2026-02-02", campaignId: "${brandId}"`;
  const preview = await change(
    `previewRateCard(input: { ${card} })`,
    `days impressions spendBefore spendAfter
     campaigns { campaign { name } days impressions spendBefore spendAfter }`,
  );
  const ofBrand = { days: 1, impressions: 1001, spendBefore: '15.015', spendAfter: '20.02' };
  expect(preview).toEqual({ ...ofBrand, campaigns: [{ campaign: { name: 'Brand' }, ...ofBrand }] });
  expect(await spend()).toMatchObject({ total: '90.03' });
  const { data } = await told(`{ node(id: "${clientId}") { ... on Client { rateCards { id } } } }`);
  expect(data.node.rateCards).toEqual([]);
  const none = `clientId: "${clientId}", cpm: "20", effectiveFrom: "2026-03-01"`;
  expect(
    await change(`previewRateCard(input: { ${none} })`, 'days spendBefore campaigns { days }'),
  ).toEqual({
    ...{ days: 0, spendBefore: '0', campaigns: [] },
  });
});

test('again changes nothing, and a card of the same price leaves the versions of days', async () => {
  const card = 'cpm: "15", effectiveFrom: "2026-02-01"';
  expect(
    await change(
      `previewRateCard(input: { clientId: "${clientId}", ${card} })`,
      'days impressions campaigns { days }',
    ),
  ).toEqual({ days: 0, impressions: 0, campaigns: [] });
  const [first, second] = [await set(card), await set(card)];
  expect(second.rateCard).toEqual(first.rateCard);
  expect(await changes()).toHaveLength(2);
  const text = `{ provenance(nodeId: "${clientId}", date: "2026-02-01") { version rates { cpm rateCard { id } } } }`;
  const { data } = await told(text);
  const rate = { cpm: '15', rateCard: first.rateCard };
  expect(data.provenance).toEqual([{ version: 1, rates: [rate, rate] }]);
});

test("the organization's default prices days without a card, once they are priced anew", async () => {
  await change('updateOrganization(input: { defaultCpm: "7.5" })', 'organization { defaultCpm }');
  expect(await spend()).toMatchObject({ total: '90.03' });
  await change(
    `recomputeSpend(input: { clientId: "${clientId}", range: ${range} })`,
    'jobRun { id }',
  );
  expect(await spend()).toMatchObject({ total: '45.015' });
  await change('updateOrganization(input: { defaultCpm: "15" })', 'organization { defaultCpm }');
});

test('a day that is loaded while its rate is changed is priced by the new one', async () => {
  const date = '2026-02-03';
  const folder = fromGlobalId('Client', clientId);
  const file = surfsideFile(date, [surfsideRow({ campaign: 'Brand', impressions: 1000 })]);
  await agency.bucket.put(`${folder}/${date}.csv`, file);
  const card = {
    ...{ clientId: folder, source: null, campaignId: null },
    ...{ cpm: '40', effectiveFrom: days[0], effectiveTo: null },
  };
  let loading: ReturnType<typeof loader.load> | undefined;
  await agency.database.withTenant(agency.tenant, async (em) => {
    await setRateCard(em, agency.actor, connectors, card);
    loading = loader.load(feed, date);
    await until('the load waits for the change', async () => {
      const waiting = await runAs<{ query: string }>(
        agency.urls.superuserUrl,
        `select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
  });
  await loading;
  expect(await loader.facts(feed, date)).toMatchObject([{ spend: '40.000000000' }]);
});

test('what waits to be priced anew is not enqueued again', async () => {
  const text = `mutation { recomputeSpend(input: { clientId: "${clientId}", range: ${range} }) { jobRun { id } } }`;
  const [first, second] = [await told(text), await told(text)];
  expect(second).toEqual(first);
});

test('what cannot be priced is said by its field', async () => {
  const refused = (text: string) => ask(graph, agency.actor, `mutation { ${text} { __typename } }`);
  const none = '{ from: "2025-01-01", to: "2025-01-02" }';
  const other = await addClient(agency, 'Of the other');
  const foreign = `clientId: "${toGlobalId('Client', other.id)}", campaignId: "${brandId}"`;
  for (const [text, code] of [
    [`recomputeSpend(input: { clientId: "${clientId}", range: ${none} })`, 'BAD_USER_INPUT'],
    ['updateOrganization(input: { defaultCpm: "1.1234567" })', 'BAD_USER_INPUT'],
    [`setRateCard(input: { ${foreign}, cpm: "1", effectiveFrom: "2026-01-01" })`, 'NOT_FOUND'],
    [`previewRateCard(input: { ${foreign}, cpm: "1", effectiveFrom: "2026-01-01" })`, 'NOT_FOUND'],
  ] as const) {
    expect((await refused(text)).error).toMatchObject({ code });
  }
});
