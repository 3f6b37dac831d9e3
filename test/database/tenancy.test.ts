import { Client as PgClient } from 'pg';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';

let agency: Agency;
let server: PgClient;
let worker: PgClient;

beforeAll(async () => {
  agency = await createAgency();
  server = new PgClient({ connectionString: agency.urls.serverUrl });
  worker = new PgClient({ connectionString: agency.urls.workerUrl });
  await Promise.all([server.connect(), worker.connect()]);
});

afterAll(async () => {
  await Promise.all([server.end(), worker.end()]);
  await agency.close();
});

/** Fill a table with one row of an organization's client, by way of the policies themselves. */
async function addFacts(tenant: Agency['tenant'], feedId: string, clientId: string): Promise<void> {
  await agency.database.withTenant(tenant, async (em) => {
    await em.execute(`select ensure_metrics_partition('2026-01-05')`);
    await em.execute(
      `insert into daily_metrics (feed_id, date, creative_id, organization_id, client_id, campaign_id,
         strategy_id, placement_id, impressions, spend)
       values (?, '2026-01-05', gen_random_uuid(), ?, ?, gen_random_uuid(), gen_random_uuid(),
         gen_random_uuid(), 100, 1)`,
      [feedId, tenant.organizationId, clientId],
    );
  });
}

test('every table of the application has forced row-level security, partitions included', async () => {
  const client = await addClient(agency, 'Forced');
  const feed = await addFeed(agency, client);
  await addFacts(agency.tenant, feed.id, client.id);
  const { rows } = await server.query(`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'
      and not (relrowsecurity and relforcerowsecurity)`);
  expect(rows).toEqual([]);
});

test('a raw query without a tenant sees no row of any table', async () => {
  const { rows: tables } = await server.query(`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'
      and not relispartition`);
  expect(tables.length).toBeGreaterThan(15);
  for (const { relname } of tables) {
    for (const connection of [server, worker]) {
      const { rows } = await connection.query(`select count(*) from ${relname}`);
      expect({ relname, count: rows[0].count }).toEqual({ relname, count: '0' });
    }
  }
});

test('a partition cannot be read past the policy of its parent', async () => {
  for (const connection of [server, worker]) {
    await expect(connection.query('select * from daily_metrics_2026_01')).rejects.toThrow(
      /permission denied/,
    );
  }
});

test('one organization sees nothing of another, by any id, in facts and entities alike', async () => {
  const client = await addClient(agency, 'Ours');
  const feed = await addFeed(agency, client);
  await addFacts(agency.tenant, feed.id, client.id);
  const other = await addOrganization(agency, {
    email: 'owner@other.example',
    password: 'another long password',
  });
  const seen = await agency.database.withTenant(other, (em) =>
    em.execute(
      `select 'client' as what from clients where id = ? union all
       select 'feed' from feeds where id = ? union all
       select 'fact' from daily_metrics where client_id = ?`,
      [client.id, feed.id, client.id],
    ),
  );
  expect(seen).toEqual([]);
});

test('one organization cannot write into another', async () => {
  const client = await addClient(agency, 'Target');
  const other = await addOrganization(agency, {
    email: 'writer@other.example',
    password: 'another long password',
  });
  const actor = await findActor(agency.database, other);
  await expect(
    agency.database.withTenant(other, (em) =>
      em.execute(
        `insert into feeds (organization_id, client_id, source, name, bucket, key_pattern, file_mode,
           time_zone, currency, lookback_days)
         values (?, ?, 'SURFSIDE', 'x', 'bucket', '{date}', 'LATEST', 'UTC', 'USD', 7)`,
        [agency.tenant.organizationId, client.id],
      ),
    ),
  ).rejects.toThrow(/row-level security/);
  const changed = await agency.database.withTenant(actor, (em) =>
    em.execute('update clients set name = ? where id = ? returning id', ['Stolen', client.id]),
  );
  expect(changed).toEqual([]);
});

test('a viewer limited to a client sees that client only, and an empty list sees none', async () => {
  const [mine, theirs] = [await addClient(agency, 'Mine'), await addClient(agency, 'Theirs')];
  const { organizationId } = agency.tenant;
  const names = (clientIds: string[]) =>
    agency.database.withTenant({ organizationId, clientIds }, (em) =>
      em.execute<{ id: string }[]>('select id from clients'),
    );
  expect(await names([mine.id])).toEqual([{ id: mine.id }]);
  expect(await names([mine.id, theirs.id])).toHaveLength(2);
  expect(await names([])).toEqual([]);
});

test('a pooled connection carries no tenant over to who comes next', async () => {
  await addClient(agency, 'Left behind');
  const seenWithin = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select id from clients'),
  );
  expect(seenWithin.length).toBeGreaterThan(0);
  // More calls than the pool has connections: each of them has served a tenant by then.
  await Promise.all(
    Array.from({ length: 10 }, () =>
      agency.database.withTenant(agency.tenant, (em) => em.execute('select count(*) from clients')),
    ),
  );
  const counts = await Promise.all(
    Array.from({ length: 10 }, () => agency.database.call<{ set: string }>('app_organization')),
  );
  expect(counts.flat().every((row) => Object.values(row)[0] === null)).toBe(true);
});

test('the audit log can be added to, but neither changed nor emptied', async () => {
  for (const statement of ['update audit_log set action = null', 'delete from audit_log']) {
    await expect(
      agency.database.withTenant(agency.tenant, (em) => em.execute(statement)),
    ).rejects.toThrow(/permission denied/);
  }
});

test('the server can neither claim jobs nor touch the scratch that workers load through', async () => {
  await expect(
    server.query(`select * from claim_job_run(gen_random_uuid(), 'x', interval '1 s', '{}')`),
  ).rejects.toThrow(/permission denied/);
  await expect(server.query('select * from staging.media_rows')).rejects.toThrow(
    /permission denied/,
  );
});

test('neither process may connect as a role that row-level security does not bind', async () => {
  const { checkRole, createDatabase } = await import('../../src/infra/database.ts');
  const asOwner = await createDatabase({ url: agency.urls.ownerUrl, poolSize: 1 });
  await expect(checkRole(asOwner)).rejects.toThrow(/does not bind/);
  await expect(checkRole(agency.database)).resolves.toBeUndefined();
  await asOwner.close();
});
