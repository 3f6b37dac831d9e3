import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { connectors } from '../../src/connectors/registry.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { levels } from '../../src/domain/media/levels.ts';
import { setRateCard } from '../../src/domain/rate-card/set-rate-card.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
} from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let client: Client;
let feed: Feed;
let other: Feed;
const day = '2026-03-02';

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  loader = await createLoader(agency);
  client = await addClient(agency);
  feed = await addFeed(agency, client);
  other = await addFeed(agency, client, { name: 'Other', keyPattern: 'other-{date}.csv' });
});
afterAll(async () => {
  await loader.close();
  await graph.close();
  await agency.close();
});

interface Answer {
  feed: { name: string };
  status: string;
  reason: string | null;
  version: number;
  loadedAt: string | null;
  run: { id: string } | null;
  runSlice: { id: string; status: string } | null;
  objects: { key: string; sha256: string; sizeBytes: number }[];
  rates: { campaign: { name: string }; cpm: string; rateCard: { cpm: string } | null }[];
  metrics: { impressions: number; spend: string; currency: string; coverage: object } | null;
}

const document = parse(`query ($nodeId: ID!, $date: LocalDate!) {
  provenance(nodeId: $nodeId, date: $date) {
    feed { name } date status reason version loadedAt
    run { id } runSlice { id status }
    objects { id key etag sha256 sizeBytes lastModified fetchedAt }
    rates { campaign { name } cpm rateCard { cpm } }
    metrics { impressions spend currency coverage { status } }
  }
}`) as never;

async function trace(nodeId: string, { date = day, viewer = agency.actor as Viewer } = {}) {
  const { result, statements } = await graph.run(viewer, document, { nodeId, date });
  const data = result.data as { provenance: Answer[] | null } | null | undefined;
  const codes = (result.errors ?? []).map(
    ({ originalError }) => (originalError as DomainError).code,
  );
  return { provenance: data?.provenance, codes, statements };
}

const ofClient = () => toGlobalId('Client', client.id);
const named = (answers: Answer[] | null | undefined, name: string) =>
  answers?.find((answer) => answer.feed.name === name);

/** Deliver a day, and load it. @returns the file, and the global id of the run. */
async function deliver(to: Feed, impressions: number) {
  const row = surfsideRow({ impressions });
  const file = surfsideFile(day, [row, { ...row, campaign: 'Sale', creative: 'Big' }]);
  await agency.bucket.put(`${to === feed ? 'report' : 'other'}-${day}.csv`, file);
  const { run } = await loader.load(to, day);
  return { file, runId: toGlobalId('IngestionRun', run.id) };
}

test('a loaded day tells its run, file and rate; a day without a file, why it has no figures', async () => {
  const { file, runId } = await deliver(feed, 1000);
  await loader.load(other, day);
  const { provenance } = await trace(ofClient());
  expect(provenance?.map((answer) => answer.feed.name)).toEqual(['Other', 'Surfside']);
  expect(named(provenance, 'Surfside')).toMatchObject({
    date: day,
    status: 'APPLIED',
    reason: null,
    version: 1,
    loadedAt: expect.stringMatching(/^20\d\d-/),
    run: { id: runId },
    runSlice: { status: 'APPLIED' },
    objects: [
      {
        key: `report-${day}.csv`,
        sha256: createHash('sha256').update(file).digest('hex'),
        sizeBytes: file.length,
      },
    ],
    rates: [
      { campaign: { name: 'Brand' }, cpm: '15', rateCard: null },
      { campaign: { name: 'Sale' }, cpm: '15', rateCard: null },
    ],
    metrics: { impressions: 2000, spend: '30', currency: 'USD', coverage: { status: 'COMPLETE' } },
  });
  expect(named(provenance, 'Other')).toMatchObject({
    status: 'MISSING',
    reason: expect.any(String),
    version: 0,
    loadedAt: null,
    run: { id: expect.any(String) },
    runSlice: { status: 'MISSING' },
    objects: [],
    rates: [],
    metrics: null,
  });
});

test('of a day that was restated twice it tells the last run, its file and the rate by then', async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    setRateCard(em, agency.actor, connectors, {
      clientId: client.id,
      cpm: '20',
      effectiveFrom: day,
    }),
  );
  await deliver(feed, 1500);
  const { file, runId } = await deliver(feed, 3000);
  await deliver(other, 100);
  const rates = ['Brand', 'Sale'].map((name) => ({
    ...{ campaign: { name }, cpm: '20', rateCard: { cpm: '20' } },
  }));
  const restated = {
    version: 3,
    run: { id: runId },
    objects: [{ sha256: createHash('sha256').update(file).digest('hex') }],
    rates,
    metrics: { impressions: 6000, spend: '120' },
  };
  const { provenance } = await trace(ofClient());
  expect(named(provenance, 'Surfside')).toMatchObject(restated);
  expect(named(provenance, 'Other')).toMatchObject({
    version: 1,
    rates,
    metrics: { impressions: 200, spend: '4' },
  });

  // What is held back changes nothing, and what is the same again only who has seen it.
  await deliver(feed, 10);
  expect(named((await trace(ofClient())).provenance, 'Surfside')).toMatchObject(restated);
  const again = await deliver(feed, 3000);
  expect(named((await trace(ofClient())).provenance, 'Surfside')).toMatchObject({
    ...{ ...restated, run: { id: again.runId }, runSlice: { status: 'UNCHANGED' } },
  });
});

test.each(levels)(
  'of a $name it tells its own figures and rates, by feed',
  async ({ level, table }) => {
    const [row] = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ id: string }[]>(
        `select ${table}.id from daily_metrics f join ${table} on ${table}.id in
         (f.campaign_id, f.strategy_id, f.placement_id, f.creative_id)
       join campaigns c on c.id = f.campaign_id where c.name = 'Sale' limit 1`,
      ),
    );
    const type = level.charAt(0) + level.slice(1).toLowerCase();
    const { provenance } = await trace(toGlobalId(type, row?.id ?? ''));
    const rates = [{ campaign: { name: 'Sale' }, cpm: '20' }];
    expect(provenance).toMatchObject([
      { feed: { name: 'Other' }, rates, metrics: { impressions: 100, spend: '2' } },
      { feed: { name: 'Surfside' }, rates, metrics: { impressions: 3000, spend: '60' } },
    ]);
  },
);

test('what was merged into another is traced with it', async () => {
  const ids = await agency.database.withTenant(agency.tenant, async (em) => {
    await em.execute(
      `update campaigns m set canonical_id = c.id from campaigns c where m.name = 'Sale' and c.name = 'Brand'`,
    );
    return em.execute<{ id: string }[]>(`select id from campaigns where name = 'Brand'`);
  });
  const { provenance } = await trace(toGlobalId('Campaign', ids[0]?.id ?? ''));
  expect(named(provenance, 'Surfside')).toMatchObject({
    rates: [{ campaign: { name: 'Brand' } }, { campaign: { name: 'Sale' } }],
    metrics: { impressions: 6000 },
  });
});

test('days that were never tried say so', async () => {
  const statusOn = async (date: string) =>
    named((await trace(ofClient(), { date })).provenance, 'Surfside');
  const nothing = { run: null, runSlice: null, objects: [], version: 0, metrics: null };
  expect(await statusOn('2026-03-01')).toMatchObject({ status: 'BEFORE_FIRST_DATA', ...nothing });
  expect(await statusOn('2026-03-03')).toMatchObject({ status: 'PENDING', ...nothing });
});

test('two feeds cost no more statements than one', async () => {
  const single = await addClient(agency, 'Single');
  const only = await addFeed(agency, single, { keyPattern: 'single-{date}.csv' });
  await agency.bucket.put(`single-${day}.csv`, surfsideFile(day, [surfsideRow()]));
  await loader.load(only, day);
  const one = await trace(toGlobalId('Client', single.id));
  const two = await trace(ofClient());
  expect([one.provenance?.length, two.provenance?.length]).toEqual([1, 2]);
  expect(two.statements.length).toBe(one.statements.length);
  expect(two.statements.length).toBeLessThanOrEqual(14);
});

test('a foreign node is none, like a missing one; clients and ids of other things are refused', async () => {
  const owner = { email: 'owner@other.example', password: 'another long password' };
  const stranger = { ...agency.actor, ...(await addOrganization(agency, owner)) };
  const nobody = toGlobalId('Campaign', '00000000-0000-4000-8000-000000000000');
  const nothing = { provenance: null, codes: [] };
  expect(await trace(ofClient(), { viewer: stranger })).toMatchObject(nothing);
  expect(await trace(nobody)).toMatchObject(nothing);
  const viewer: Viewer = { ...agency.actor, role: 'CLIENT', clientIds: [client.id] };
  expect((await trace(ofClient(), { viewer })).codes).toEqual(['FORBIDDEN']);
  for (const id of [toGlobalId('Feed', feed.id), 'x', toGlobalId('constructor', feed.id)]) {
    expect((await trace(id)).codes).toEqual(['BAD_USER_INPUT']);
  }
  expect((await trace(ofClient(), { date: '0001-01-01' })).codes).toEqual(['BAD_USER_INPUT']);
});
