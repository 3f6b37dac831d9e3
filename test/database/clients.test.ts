import { connectors } from '../../src/connectors/registry.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import { changeClientStatus, updateClient } from '../../src/domain/client/update-client.ts';
import { testFeed } from '../../src/domain/feed/test-feed.ts';
import { updateFeed } from '../../src/domain/feed/update-feed.ts';
import { Organization } from '../../src/domain/identity/organization.entity.ts';
import {
  type OrganizationChanges,
  updateOrganization,
} from '../../src/domain/identity/update-organization.ts';
import { startIngestion } from '../../src/domain/ingestion/start-ingestion.ts';
import { RateCard } from '../../src/domain/rate-card/rate-card.entity.ts';
import { setRateCard } from '../../src/domain/rate-card/set-rate-card.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';

let agency: Agency;
let client: Client;
let named = 0;

beforeAll(async () => {
  agency = await createAgency();
});
afterAll(() => agency.close());
beforeEach(async () => {
  named += 1;
  client = await addClient(agency, `Client ${named}`);
});

const write: Agency['database']['withTenant'] = (tenant, fn) =>
  agency.database.withTenant(tenant, fn);
const settings = { kind: 'INDIVIDUAL', timeZone: 'UTC', currency: 'USD' } as const;

describe('an organization', () => {
  const change = (input: OrganizationChanges, actor = agency.actor) =>
    write(actor, (em) => updateOrganization(em, actor, input));

  test('that is individual has one client, itself, however many are made at once', async () => {
    const owner = { email: 'owner@alone.example', password: 'another long password' };
    const tenant = await addOrganization(agency, owner);
    const actor = await findActor(agency.database, tenant);
    await change({ kind: 'INDIVIDUAL' }, actor);
    const made = await Promise.allSettled(
      ['Alone', 'Twice'].map((name) => addClient({ ...agency, tenant, actor }, name)),
    );
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(made).toContainEqual(
      expect.objectContaining({ value: expect.objectContaining({ kind: 'INDIVIDUAL' }) }),
    );
    expect(made).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'CONFLICT' }) }),
    );
  });

  test('is renamed and moved; what is left out stays; what cannot be changes nothing', async () => {
    expect(await change({ name: ' Moved ', weekStartsOn: 0 })).toMatchObject({
      ...{ name: 'Moved', kind: 'AGENCY', timeZone: 'America/New_York', weekStartsOn: 0 },
    });
    for (const [wrong, field] of [
      [{ weekStartsOn: 2 }, 'weekStartsOn'],
      [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
      [{ name: ' ' }, 'name'],
      [{ name: 'Acme\r\nBcc: x@y.example' }, 'name'],
    ] as const) {
      const refused = expect(change(wrong)).rejects;
      await refused.toMatchObject({ code: 'BAD_USER_INPUT', fields: [field] });
    }
    await addClient(agency, 'One more');
    await expect(change({ kind: 'INDIVIDUAL' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await change({})).toMatchObject({ name: 'Moved', kind: 'AGENCY' });
  });
});

describe('clients', () => {
  test('a name is taken whatever its case, and a key makes one client however often', async () => {
    const create = (input: object) =>
      write(agency.tenant, (em) =>
        createClient(em, agency.actor, { name: 'Keyed', ...settings, ...input }),
      );
    await expect(create({ name: `CLIENT ${named}` })).rejects.toMatchObject({
      code: 'CONFLICT',
      fields: ['name'],
    });
    const calls = [1, 2, 3].map(() => create({ idempotencyKey: 'k1' }));
    const ids = new Set((await Promise.all(calls)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    await expect(create({ idempotencyKey: 'k1', name: 'Other' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('a client of no time zone has its days where the organization has its own', async () => {
    const input = { name: 'At home', kind: 'AGENCY_CLIENT', currency: 'EUR' } as const;
    const { timeZone } = await write(agency.tenant, (em) => createClient(em, agency.actor, input));
    const { organizationId } = agency.tenant;
    const own = await write(agency.tenant, (em) => em.findOneOrFail(Organization, organizationId));
    expect(timeZone).toBe(own.timeZone);
  });

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ currency: 'XXQ' }, 'currency'],
    [{ name: '  ' }, 'name'],
  ])('%j is refused by its field', async (wrong, field) => {
    await expect(
      write(agency.tenant, (em) =>
        createClient(em, agency.actor, { name: 'Fine', ...settings, ...wrong }),
      ),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: [field] });
  });

  test('changes leave an audit row of before and after; what was not named stays', async () => {
    await write(agency.tenant, (em) =>
      updateClient(em, agency.actor, client.id, { name: 'Renamed', currency: null }),
    );
    await write(agency.tenant, (em) => changeClientStatus(em, agency.actor, client.id, 'ARCHIVED'));
    await write(agency.tenant, (em) => changeClientStatus(em, agency.actor, client.id, 'ARCHIVED'));
    const rows = await write(agency.tenant, (em) =>
      em.execute<{ action: string; before: object; after: object }[]>(
        'select action, before, after from audit_log where entity_id = ? order by at',
        [client.id],
      ),
    );
    expect(rows.map(({ action }) => action)).toEqual(['CREATE', 'UPDATE', 'ARCHIVED']);
    expect(rows[1]?.before).toMatchObject({ name: `Client ${named}`, currency: 'USD' });
    expect(rows[1]?.after).toMatchObject({ name: 'Renamed', currency: 'USD' });
  });

  test('nothing is loaded for a client that is not active', async () => {
    const feed = await addFeed(agency, client);
    await write(agency.tenant, (em) => changeClientStatus(em, agency.actor, client.id, 'DISABLED'));
    await expect(
      write(agency.tenant, (em) =>
        startIngestion(em, agency.tenant, { feedId: feed.id, trigger: 'MANUAL' }, async () => ''),
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('rate cards', () => {
  const set = (input: object) =>
    write(agency.tenant, (em) =>
      setRateCard(em, agency.actor, connectors, {
        clientId: client.id,
        cpm: '10',
        effectiveFrom: '2026-01-01',
        ...input,
      }),
    );
  const cards = () =>
    write(agency.tenant, (em) =>
      em.find(RateCard, { clientId: client.id }, { orderBy: { effectiveFrom: 'asc' } }),
    );

  test('the next card ends one without an end; the same dates correct the price', async () => {
    await set({});
    await set({ cpm: '12.5', effectiveFrom: '2026-03-01' });
    await set({ cpm: '13', effectiveFrom: '2026-03-01' });
    expect(await cards()).toMatchObject([
      { cpm: '10.000000', effectiveFrom: '2026-01-01', effectiveTo: '2026-02-28' },
      { cpm: '13.000000', effectiveFrom: '2026-03-01', effectiveTo: null },
    ]);
  });

  test.each([
    [{ effectiveFrom: '2026-02-01', effectiveTo: '2026-04-30' }],
    [{ effectiveFrom: '2026-03-31' }],
    [{ effectiveFrom: '2025-12-01' }],
  ])('%j overlaps March and is refused, and nothing changes', async (dates) => {
    await set({ effectiveFrom: '2026-03-01', effectiveTo: '2026-03-31' });
    await expect(set(dates)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await cards()).toHaveLength(1);
  });

  test('a card without an end is ended by giving its first day again, and makes room', async () => {
    await set({ cpm: '10' });
    const march = { cpm: '8', effectiveFrom: '2026-03-01', effectiveTo: '2026-03-31' };
    await expect(set(march)).rejects.toMatchObject({ code: 'CONFLICT' });
    await set({ cpm: '10', effectiveTo: '2026-02-28' });
    await set(march);
    await set({ cpm: '10', effectiveFrom: '2026-04-01' });
    expect(await cards()).toMatchObject([
      { cpm: '10.000000', effectiveTo: '2026-02-28' },
      { cpm: '8.000000', effectiveTo: '2026-03-31' },
      { cpm: '10.000000', effectiveTo: null },
    ]);
    // Nor can a correction run over what comes after.
    await expect(set({ cpm: '10', effectiveTo: '2026-03-05' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('cards of different sources do not overlap', async () => {
    await set({});
    await set({ source: 'SURFSIDE', cpm: '9' });
    expect(await cards()).toHaveLength(2);
  });

  test.each(['-1', '1e3', '1.1234567', 'ten'])('the CPM %s is refused', async (cpm) => {
    await expect(set({ cpm })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: ['cpm'] });
  });

  test('a card for a source that there is not is refused', async () => {
    await expect(set({ source: 'NOPE' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('a card that ends before it begins is refused', async () => {
    await expect(set({ effectiveTo: '2025-12-31' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('feeds', () => {
  test('an unknown source, an unusable pattern and a foreign client are refused', async () => {
    await expect(addFeed(agency, client, { source: 'MYSPACE' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: '"MYSPACE" is not a source; there are: SURFSIDE, VIBE, FACEBOOK.',
    });
    await expect(addFeed(agency, client, { keyPattern: 'daily.csv' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['keyPattern'],
    });
    const nobody = { id: '00000000-0000-4000-8000-000000000000' } as Client;
    await expect(addFeed(agency, nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('it is scheduled daily in its zone; changes keep what was not named', async () => {
    const feed = await addFeed(agency, client, { timeZone: 'America/New_York' });
    const [schedule] = await write(agency.tenant, (em) =>
      em.execute('select cron, time_zone, job_name from schedules where feed_id = ?', [feed.id]),
    );
    expect(schedule).toEqual({
      cron: '0 5 * * *',
      time_zone: 'America/New_York',
      job_name: 'start-scheduled-ingestion',
    });
    const changed = await write(agency.tenant, (em) =>
      updateFeed(em, agency.actor, feed.id, { lookbackDays: 3, name: null }),
    );
    expect(changed).toMatchObject({ name: 'Surfside', lookbackDays: 3 });
  });

  test('a test says what is there and what is missing, or that the bucket does not answer', async () => {
    const store = createObjectStore(agency.s3);
    const feed = await addFeed(agency, client, { lookbackDays: 2, keyPattern: 't/{date}.csv' });
    const { addDays, today } = await import('../../src/domain/calendar.ts');
    const yesterday = addDays(today('UTC'), -1);
    await agency.bucket.put(`t/${yesterday}.csv`, 'x');
    const test = await testFeed((fn) => write(agency.tenant, fn), feed.id, {
      store,
      cipher: agency.cipher,
    });
    expect(test).toEqual({
      foundDates: [yesterday],
      missingDates: [addDays(yesterday, -1)],
      keys: [`t/${yesterday}.csv`],
    });
    await write(agency.tenant, (em) =>
      updateFeed(em, agency.actor, feed.id, { bucket: 'no-such-bucket' }),
    );
    await expect(
      testFeed((fn) => write(agency.tenant, fn), feed.id, { store, cipher: agency.cipher }),
    ).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
    const deaf = createObjectStore({ ...agency.s3, endpoint: 'http://127.0.0.1:9' });
    await expect(
      testFeed((fn) => write(agency.tenant, fn), feed.id, { store: deaf, cipher: agency.cipher }),
    ).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
    store.close();
    deaf.close();
  });
});
