import { Client as PgClient } from 'pg';
import type { Tenant } from '../../src/domain/identity/viewer.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type BiConnection, connectBiRole } from '../support/bi-connection.ts';
import { createTestDatabase, runAs } from '../support/test-services.ts';

let agency: Agency;
let rival: Tenant;
let ours: BiConnection;
let theirs: BiConnection;
const views = [
  ...['clients', 'campaigns', 'strategies', 'placements', 'creatives', 'campaign_labels'],
  ...['feeds', 'feed_days', 'data_gaps', 'daily_metrics', 'daily_client_metrics'],
  ...['daily_campaign_metrics', 'daily_strategy_metrics', 'daily_placement_metrics'],
];

/** A client with something in every view; its names tell whose it is. */
async function addEverything(tenant: Tenant, name: string, campaigns: number): Promise<void> {
  const actor = await findActor(agency.database, tenant);
  const owned = { ...agency, tenant, actor };
  const client = await addClient(owned, name);
  const bucket = { ...agency.bucket, name: `${agency.bucket.name}-${name.toLowerCase()}` };
  const feed = await addFeed({ ...owned, bucket }, client, { name });
  const { organizationId } = tenant;
  await agency.database.withTenant(tenant, async (em) => {
    await em.execute(`select ensure_metrics_partition('2026-03-02')`);
    await em.execute(
      `with campaign as (
         insert into campaigns (organization_id, client_id, source, name)
         select ?, ?, 'SURFSIDE', '${name} ' || n from generate_series(1, ?) n returning *
       ), label as (
         insert into campaign_labels (campaign_id, label, organization_id, client_id)
         select id, '${name}', organization_id, client_id from campaign
       ), strategy as (
         insert into strategies (organization_id, client_id, campaign_id, name)
         select organization_id, client_id, id, name from campaign returning *
       ), placement as (
         insert into placements (organization_id, client_id, strategy_id, name)
         select organization_id, client_id, id, name from strategy returning *
       )
       insert into creatives (organization_id, client_id, placement_id, name)
       select organization_id, client_id, id, name from placement`,
      [organizationId, client.id, campaigns],
    );
    await em.execute(
      `insert into daily_metrics (feed_id, date, creative_id, organization_id, client_id, campaign_id,
         strategy_id, placement_id, impressions, spend)
       select ?, day::date, c.id, c.organization_id, c.client_id, s.campaign_id, s.id, p.id, 100, 1.5
       from creatives c join placements p on p.id = c.placement_id join strategies s on s.id = p.strategy_id
       cross join generate_series('2026-03-02'::date, '2026-03-05', interval '1 day') day
       where c.client_id = ?`,
      [feed.id, client.id],
    );
    for (const [level, id] of [
      ...[
        ['CLIENT', 'client_id'],
        ['CAMPAIGN', 'campaign_id'],
      ],
      ...[
        ['STRATEGY', 'strategy_id'],
        ['PLACEMENT', 'placement_id'],
      ],
    ]) {
      await em.execute(
        `insert into daily_rollups (level, entity_id, date, feed_id, reported, organization_id, client_id,
           campaign_id, impressions, spend)
         select '${level}', ${id}, date, feed_id, 0, organization_id, client_id, min(campaign_id::text)::uuid,
           sum(impressions), sum(spend)
         from daily_metrics where feed_id = ? group by 2, 3, 4, 6, 7`,
        [feed.id],
      );
    }
    await em.execute(
      `insert into slices (feed_id, date, organization_id, client_id, status, version)
       values (?, '2026-03-02', ?, ?, 'APPLIED', 1)`,
      [feed.id, organizationId, client.id],
    );
  });
}

beforeAll(async () => {
  agency = await createAgency();
  const owner = { email: 'owner@rival.example', password: 'another long password' };
  rival = await addOrganization(agency, owner);
  await addEverything(agency.tenant, 'Ours', 5);
  await addEverything(rival, 'Theirs', 3000);
  // What it tries is not to fail because of settings that it may change.
  const bold = { default_transaction_read_only: 'off', statement_timeout: '0' };
  ours = await connectBiRole(agency.urls, agency.tenant.organizationId, bold);
  theirs = await connectBiRole(agency.urls, rival.organizationId, bold);
  await runAs(agency.urls.superuserUrl, 'analyze');
});
afterAll(async () => {
  await Promise.all([ours.close(), theirs.close()]);
  await agency.close();
});

const count = async ({ ask }: BiConnection, view: string, where = 'true') => {
  const [row] = await ask<{ rows: number }>(
    `select count(*)::int as rows from ${view} where ${where}`,
  );
  return row?.rows;
};

test.each(views)('bi.%s shows each organization its own rows and no other', async (view) => {
  const foreign = `to_jsonb(${view})::text like`;
  for (const [own, mine, notMine] of [
    [ours, 'Ours', 'Theirs'],
    [theirs, 'Theirs', 'Ours'],
  ] as const) {
    expect(await count(own, view)).toBeGreaterThan(0);
    expect(await count(own, view, `${foreign} '%${notMine}%'`)).toBe(0);
    const named = view === 'campaign_labels' ? 'label' : 'client_name';
    expect(await count(own, view, `${named} = '${mine}'`)).toBe(await count(own, view));
  }
});

test.each([
  ['app.organization', 'RIVAL'],
  ['app.clients', ''],
  ['role', 'mediagraph_operator'],
  ['session_authorization', 'mediagraph_server'],
  ['debug_parallel_query', 'on'],
  ['search_path', 'public, bi'],
])('setting %s shows nothing more', async (setting, value) => {
  const to = value === 'RIVAL' ? rival.organizationId : value;
  await ours.ask('select set_config($1, $2, false)', [setting, to]).catch(() => undefined);
  expect(await count(ours, 'bi.clients')).toBe(1);
  expect(await count(ours, 'bi.daily_metrics')).toBe(20);
  await ours.ask(`reset ${setting}`);
});

test('a condition that would tell of rows does not see those of others', async () => {
  for (const view of ['clients', 'campaigns', 'daily_metrics']) {
    const leak = `1 / (case when client_name = 'Theirs' then 0 else 1 end) = 1`;
    expect(await count(ours, view, leak)).toBe(await count(ours, view));
    await expect(count(theirs, view, leak)).rejects.toThrow('division by zero');
  }
});

test('without row security there is an error, no rows', async () => {
  await ours.ask('set row_security = off');
  await expect(ours.ask('select * from clients')).rejects.toThrow('row-level security');
  await ours.ask('reset row_security');
});

test.each([
  'set role mediagraph_bi',
  'set role mediagraph_operator',
  'set session authorization postgres',
  'select * from public.clients',
  'select * from public.users',
  'select * from public.audit_log',
  'select * from public.daily_metrics_2026_03',
  'select * from operations.bi_roles',
  'select * from staging.media_rows',
  'select * from bullmq.job',
  `select public.find_credentials('x')`,
  `select public.record_operator_change(null, '', '', null, null)`,
  `insert into clients (client_name) values ('x')`,
  `update campaign_labels set label = 'x'`,
  'delete from clients',
  'lock table bi.clients in exclusive mode',
  'create temporary table x ()',
  'create table x ()',
  'create table public.x ()',
  'create schema x',
  'create view x as select 1',
  `create function x() returns int language sql as 'select 1'`,
  'create extension dblink',
  `copy (select 1) to program 'id'`,
  `copy (select 1) to '/tmp/x'`,
  `select pg_read_file('/etc/passwd')`,
  `select lo_import('/etc/passwd')`,
  'select lo_create(0)',
  `select lo_from_bytea(0, 'x')`,
  'select pg_advisory_lock(1)',
  `select pg_logical_emit_message(false, 'x', 'x')`,
  'alter role current_user connection limit 100',
  'select * from pg_authid',
])('%s is refused', async (statement) => {
  await ours.ask('begin');
  await expect(ours.ask(statement)).rejects.toThrow(
    /permission denied|must be superuser|cannot (insert|update|delete)/,
  );
  await ours.ask('rollback');
});

test('it may read the views, run what they run, and do nothing else', async () => {
  const readable = await ours.ask<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not in ('pg_catalog', 'information_schema') and case c.relkind
       when 'S' then has_sequence_privilege(c.oid, 'usage, select, update')
       else c.relkind in ('r', 'p', 'v', 'm', 'f') and has_any_column_privilege(c.oid, 'select') end`,
  );
  const readableIn = (wanted: string) =>
    readable.filter(({ schema }) => schema === wanted).map(({ name }) => name);
  expect(readableIn('bi').toSorted()).toEqual(views.toSorted());
  // Through the views alone: it has no way into the schema.
  expect(readableIn('public').toSorted()).toEqual([
    ...['campaign_labels', 'campaigns', 'clients', 'creatives', 'daily_metrics', 'daily_rollups'],
    ...['feeds', 'placements', 'slices', 'strategies'],
  ]);
  expect(readable).toHaveLength(views.length + 10);
  const writable = await ours.ask(
    `select oid::regclass from pg_class where relkind in ('r', 'p', 'v', 'm', 'f')
       and (has_any_column_privilege(oid, 'insert, update, references')
         or has_table_privilege(oid, 'delete, truncate, trigger, maintain')) and relname <> 'pg_settings'`,
  );
  expect(writable).toEqual([]);
  const definers = await ours.ask(
    `select proname from pg_proc where prosecdef and has_function_privilege(oid, 'execute')`,
  );
  expect(definers).toEqual([{ proname: 'bi_clients' }]);
  const statistics = await ours.ask(`select * from pg_stats where schemaname = 'public'`);
  expect(statistics).toEqual([]);
});

test('in another database of the cluster it sees nothing', async () => {
  const { ownerUrl } = await createTestDatabase();
  const elsewhere = Object.assign(new URL(ours.url), { pathname: new URL(ownerUrl).pathname });
  expect(await runAs(elsewhere.href, 'select * from bi.clients')).toEqual([]);
});

test('an honest tool is bounded by the settings that it finds, and by connections in any case', async () => {
  const client = new PgClient({ connectionString: ours.url });
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('statement_timeout') as statement, current_setting('search_path') as path,
       current_setting('idle_in_transaction_session_timeout') as idle,
       current_setting('transaction_read_only') as read_only,
       (select rolconnlimit from pg_roles where rolname = current_user) as connections`,
  );
  await client.end();
  expect(rows).toEqual([
    { statement: '1min', path: 'bi', idle: '1min', read_only: 'on', connections: 10 },
  ]);
});

test('the policy is searched by index: the rows of others are not read', async () => {
  const [row] = await ours.ask<{ 'QUERY PLAN': [object] }>(
    `explain (analyze, format json)
     select date, sum(spend) from daily_campaign_metrics where date >= '2026-03-04' group by 1`,
  );
  const plan = JSON.stringify(row?.['QUERY PLAN']);
  expect(plan).toContain('daily_rollups_client_id_level_date_idx');
  expect(plan).toMatch(/"Index Cond":"[^"]*client_id = ANY[^"]*level = 'CAMPAIGN'[^"]*date >= /);
  expect(plan).not.toContain('"Rows Removed by Filter"');
});
