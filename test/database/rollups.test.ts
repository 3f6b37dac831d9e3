import fc from 'fast-check';
import { Client as PgClient } from 'pg';
import { rollUpQuery } from '../../src/domain/metrics/roll-up.ts';
import { migrate, migrateTables } from '../../src/infra/migrate.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { createEmptyDatabase } from '../support/test-services.ts';

const facts = [
  ...['impressions', 'clicks', 'conversions', 'revenue'],
  ...['spend', 'media_cost', 'completed_views'],
];
const levels = ['client', 'campaign', 'strategy', 'placement'];

/** The roll-ups as they must be, each level straight from the facts. */
const straightFromFacts = levels
  .map(
    (level) => `
      select ${level}_id as entity_id, feed_id, date::text, upper('${level}') as level,
        ${facts.map((fact) => `sum(${fact})::text as ${fact}`).join(', ')}
      from daily_metrics
      group by 1, 2, 3, ${facts.map((fact) => `${fact} is null`).join(', ')}`,
  )
  .join(' union all ');
const asKept = `
  select entity_id, feed_id, date::text, level, ${facts.map((fact) => `${fact}::text`).join(', ')}
  from daily_rollups`;
const order =
  ' order by level, entity_id, feed_id, date, clicks, conversions, revenue, impressions';

const amount = fc.integer({ min: 0, max: 1e15 }).map((units) => (units / 1e9).toFixed(9));
const count = fc.integer({ min: 0, max: 1e12 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const id = fc.integer({ min: 1, max: 3 }).map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const fact = fc.record({
  ...{ campaign_id: id, strategy_id: id, placement_id: id, impressions: count },
  ...{ clicks: maybe(count), conversions: maybe(amount), revenue: maybe(amount), spend: amount },
  ...{ media_cost: maybe(amount), completed_views: maybe(count) },
});

describe('roll-ups', () => {
  let agency: Agency;
  beforeAll(async () => {
    agency = await createAgency();
  });
  afterAll(() => agency.close());

  test('are the sums of the facts at every level, with what no row reports left null', async () => {
    const client = await addClient(agency, 'Any');
    const feed = await addFeed(agency, client);
    await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`select ensure_metrics_partition('2026-01-05')`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { minLength: 1, maxLength: 30 }), async (rows) => {
        await agency.database.withTenant(agency.tenant, async (em) => {
          await em.execute('delete from daily_metrics');
          await em.execute('delete from daily_rollups');
          // Ids that are told apart by their level, as real ones are.
          await em.execute(
            `insert into daily_metrics (feed_id, date, creative_id, organization_id, client_id,
               campaign_id, strategy_id, placement_id, ${facts.join(', ')})
             select ?, '2026-01-05', gen_random_uuid(), ?, ?, md5('c' || campaign_id)::uuid,
               md5('s' || campaign_id || strategy_id)::uuid,
               md5('p' || campaign_id || strategy_id || placement_id)::uuid, ${facts.join(', ')}
             from jsonb_populate_recordset(null::daily_metrics, ?::jsonb)`,
            [feed.id, feed.organizationId, client.id, JSON.stringify(rows)],
          );
          await em.execute(`insert into daily_rollups ${rollUpQuery('daily_metrics')}`);
          expect(await em.execute(asKept + order)).toEqual(
            await em.execute(straightFromFacts + order),
          );
        });
      }),
      { numRuns: 25 },
    );
    await agency.database.withTenant(agency.tenant, async (em) => {
      await em.execute('delete from daily_rollups');
      await em.execute('delete from daily_metrics');
    });
  });

  test('follow a restatement, and say what the spend was computed with', async () => {
    const loader = await createLoader(agency);
    const feed = await addFeed(agency, await addClient(agency), { keyPattern: 'r/{date}.csv' });
    const load = async (names: string[]) => {
      const rows = names.map((campaign) => surfsideRow({ campaign, impressions: 2000 }));
      await agency.bucket.put('r/2026-03-02.csv', surfsideFile('2026-03-02', rows));
      await loader.load(feed, '2026-03-02');
    };
    const read = (sql: string) =>
      agency.database.withTenant(agency.tenant, (em) =>
        em.execute(`${sql} where feed_id = ?`, [feed.id]),
      );
    await load(['Old', 'Kept']);
    await load(['Kept', 'New']);
    await loader.close();
    expect(await read('select level, impressions from daily_rollups')).toHaveLength(1 + 2 * 3);
    expect(
      await read(`select c.name, r.cpm, r.rate_card_id from applied_rates r
        join campaigns c on c.id = r.campaign_id`),
    ).toEqual(
      expect.arrayContaining([
        { name: 'Kept', cpm: '15.000000', rate_card_id: null },
        { name: 'New', cpm: '15.000000', rate_card_id: null },
      ]),
    );
  });
});

test('the facts of a database of an earlier version are rolled up when it is migrated', async () => {
  const { ownerUrl, superuserUrl } = await createEmptyDatabase();
  await migrateTables(ownerUrl, '0008-health');
  const superuser = new PgClient({ connectionString: superuserUrl });
  await superuser.connect();
  await superuser.query(`
    select ensure_metrics_partition('2026-01-05');
    insert into organizations (id, name, time_zone)
      values ('00000000-0000-4000-8000-000000000000', 'Early', 'UTC');
    insert into clients (id, organization_id, name, kind, time_zone, currency)
      select id, id, 'Early', 'INDIVIDUAL', 'UTC', 'USD' from organizations;
    insert into feeds (id, organization_id, client_id, source, name, bucket, key_pattern, file_mode,
        time_zone, currency, lookback_days)
      select id, id, id, 'SURFSIDE', 'Early', 'b', 'k', 'LATEST', 'UTC', 'USD', 7 from clients;
    insert into daily_metrics (feed_id, date, creative_id, organization_id, client_id, campaign_id,
        strategy_id, placement_id, impressions, clicks, spend)
      select f.id, date '2026-01-05' + n % 2, md5('r' || n)::uuid, f.id, f.id, md5('c')::uuid,
        md5('s' || n % 3)::uuid, md5('p' || n % 6)::uuid, n, nullif(n % 4, 0), n * 0.015
      from feeds f, generate_series(1, 40) n`);
  await migrate(ownerUrl);
  const { rows: kept } = await superuser.query(asKept + order);
  expect(kept.length).toBeGreaterThan(20);
  expect(kept).toEqual((await superuser.query(straightFromFacts + order)).rows);
  await superuser.end();
});
