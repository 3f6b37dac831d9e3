import { Client } from 'pg';

const sums = ['impressions', 'clicks', 'conversions', 'revenue', 'spend']
  .map((fact) => `sum(${fact}) as ${fact}`)
  .join(', ');
const ratios = [
  'clicks / nullif(impressions, 0)::numeric as ctr',
  'spend / nullif(clicks, 0) as cpc',
  'revenue / nullif(spend, 0) as roas',
].join(', ');

/** SQL of the totals of what an expression names, over the roll-ups of the days from $2 to $3. */
const totalsOf = (entityId: string) => `
  select impressions::bigint, clicks::bigint, conversions, revenue, spend, ${ratios}
  from (
    select ${sums} from public.daily_rollups r
    where r.entity_id = ${entityId} and r.date >= from_day and r.date <= to_day
  ) t`;

/**
 * Give the peer what it needs to answer our questions: computed columns over our own roll-ups, in a schema of its
 * own. They read what was never merged, as all of it is here.
 *
 * @param url as a superuser.
 */
export async function createPeerFunctions(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const totals = ['campaigns', 'strategies', 'placements'].map(
    (table) => `
      create function peer.${table}_metrics(node public.${table}, from_day date, to_day date) returns peer.totals
        language sql stable parallel safe
        begin atomic; ${totalsOf('node.id')}; end;`,
  );
  await client.query(`
    drop schema if exists peer cascade;
    create schema peer;
    create type peer.totals as (
      impressions bigint, clicks bigint, conversions numeric, revenue numeric, spend numeric,
      ctr numeric, cpc numeric, roas numeric
    );
    ${totals.join('\n')}
    grant usage on schema peer to mediagraph_server;
  `);
  await client.end();
}
