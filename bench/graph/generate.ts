import { Client } from 'pg';
import { rollUpQuery } from '../../src/domain/metrics/roll-up.ts';
import { channels, clientNames, dayAt, dayCount, foreignShape, idOf, type Shape } from './shape.ts';

/** Whose data is made. */
export interface Owners {
  organizationId: string;
  foreignOrganizationId: string;
}

/**
 * Fill an empty, migrated database: the same rows each time, with their roll-ups.
 *
 * @param url as a superuser, who is bound neither by policies nor, here, by foreign keys, which hold anyway.
 */
export async function generate(url: string, owners: Owners, shape: Shape): Promise<void> {
  const main = await connect(url);
  const days = Array.from({ length: dayCount }, (_, day) => dayAt(day));
  for (const day of days) await main.query('select ensure_metrics_partition($1)', [day]);
  const rebuildIndexes = await dropIndexes(main, 'daily_metrics');
  await Promise.all([
    ...clientNames.map((name) => generateClient(url, owners.organizationId, name, shape, days)),
    generateClient(url, owners.foreignOrganizationId, 'Foreign client', foreignShape, days),
  ]);
  await rebuildIndexes();
  await main.query('vacuum (freeze, analyze)');
  await main.query('checkpoint');
  await main.end();
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    set session_replication_role = replica;
    set synchronous_commit = off;
    set work_mem = '128MB';
    set maintenance_work_mem = '512MB';
  `);
  return client;
}

/** Drop the secondary indexes of a table, which are faster made than kept. @returns what makes them again. */
async function dropIndexes(client: Client, table: string): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = $1::regclass and not i.indisprimary`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition.replace(' ON ONLY ', ' ON '));
  };
}

/** Make a client with its media and a feed, and the facts of some days; their partitions are there. */
export async function generateClient(
  url: string,
  organizationId: string,
  name: string,
  shape: Shape,
  days: readonly string[],
): Promise<void> {
  const client = await connect(url);
  const [clientId, feedId, rateCardId] = [
    idOf(name),
    idOf(`${name} feed`),
    idOf(`${name} rate card`),
  ];
  await client.query(`
    insert into clients (id, organization_id, name, kind, time_zone, currency)
      values ('${clientId}', '${organizationId}', '${name}', 'AGENCY_CLIENT', 'UTC', 'USD');
    insert into feeds (id, organization_id, client_id, source, name, bucket, key_pattern, file_mode, time_zone,
        currency, lookback_days)
      values ('${feedId}', '${organizationId}', '${clientId}', 'SURFSIDE', 'Surfside', 'bench',
        '${name}/{date}.csv', 'LATEST', 'UTC', 'USD', 7);
    insert into rate_cards (id, organization_id, client_id, cpm, effective_from)
      values ('${rateCardId}', '${organizationId}', '${clientId}', 12.5, '${days[0]}');
    ${hierarchy(organizationId, clientId, shape)}
  `);
  for (const [day, date] of days.entries()) {
    const key = [feedId, date];
    await client.query('begin');
    await client.query(facts, [...key, organizationId, clientId, day]);
    await client.query(`insert into daily_rollups ${rollUpQuery(factsOfSlice)}`, key);
    await client.query(slice, [...key, organizationId, clientId]);
    await client.query(appliedRates, [...key, organizationId, clientId, rateCardId]);
    await client.query('commit');
  }
  await client.end();
}

/** SQL of the four levels, and of the temporary table `media`: every creative with all that is above it. */
function hierarchy(organizationId: string, clientId: string, shape: Shape): string {
  const id = (...path: string[]) => `md5(concat_ws('/', '${clientId}', ${path.join(', ')}))::uuid`;
  const [campaign, strategy, placement] = [id('c'), id('c', 's'), id('c', 's', 'p')];
  const scope = `'${organizationId}'::uuid as organization_id, '${clientId}'::uuid as client_id`;
  const upTo = {
    campaigns: `generate_series(1, ${shape.campaigns}) c`,
    strategies: `generate_series(1, ${shape.strategies}) s`,
    placements: `generate_series(1, ${shape.placements}) p`,
    creatives: `generate_series(1, ${shape.creatives}) r`,
  };
  const name = (word: string, number: string) => `'${word} ' || lpad(${number}::text, 2, '0')`;
  const channel = `(array['${channels.join("', '")}'])[1 + p % ${channels.length}]`;
  return `
    insert into campaigns (organization_id, client_id, id, source, name)
      select ${scope}, ${campaign}, 'SURFSIDE', ${name('Campaign', 'c')} from ${upTo.campaigns};
    insert into strategies (organization_id, client_id, campaign_id, id, name)
      select ${scope}, ${campaign}, ${strategy}, ${name('Strategy', 's')}
      from ${upTo.campaigns}, ${upTo.strategies};
    insert into placements (organization_id, client_id, strategy_id, id, name)
      select ${scope}, ${strategy}, ${placement}, ${name('Placement', 'p')} || ' ' || ${channel}
      from ${upTo.campaigns}, ${upTo.strategies}, ${upTo.placements};
    create temporary table media as
      select ${campaign} as campaign_id, ${strategy} as strategy_id, ${placement} as placement_id,
        ${id('c', 's', 'p', 'r')} as creative_id, ${name('Creative', 'r')} as name,
        (row_number() over ())::int as number, c as campaign
      from ${Object.values(upTo).join(', ')}
      order by creative_id;
    insert into creatives (organization_id, client_id, placement_id, id, name)
      select ${scope}, placement_id, creative_id, name from media;
    analyze media;
  `;
}

/** The facts of one day: campaigns differ in size, days and creatives in everything. */
const facts = `
  insert into daily_metrics (feed_id, date, organization_id, client_id, creative_id, campaign_id, strategy_id,
    placement_id, impressions, clicks, conversions, revenue, spend)
  select $1, $2, $3, $4, creative_id, campaign_id, strategy_id, placement_id, impressions,
    impressions / (40 + number % 60), (number + $5::int) % 9 + (number % 4) * 0.25,
    ((number * 31 + $5::int * 17) % 9700) / 100.0, impressions * 12.5 / 1000
  from (
    select *, (200 + (number::bigint * number + $5::int * 104729) % 4999) * (1 + campaign % 7) as impressions
    from media
  ) m`;

const factsOfSlice = '(select * from daily_metrics where feed_id = $1 and date = $2)';

const slice = `
  insert into slices (feed_id, date, organization_id, client_id, status, version, source_position, row_count,
    impressions)
  select $1, $2, $3, $4, 'APPLIED', 1, $2::date + interval '1 day', count(*), sum(impressions)
  from ${factsOfSlice} f`;

const appliedRates = `
  insert into applied_rates (feed_id, date, organization_id, client_id, campaign_id, rate_card_id, cpm)
  select $1, $2, $3, $4, id, $5, 12.5 from campaigns where client_id = $4`;
