import { Client } from 'pg';

const sums = ['impressions', 'clicks', 'conversions', 'revenue', 'spend']
  .map((fact) => `sum(${fact}) as ${fact}`)
  .join(', ');

/** SQL of a row of totals, as the type `peer.totals` has it, of sums `t`. */
const totals = `t.impressions::bigint, t.clicks::bigint, t.conversions, t.revenue, t.spend,
  t.clicks / nullif(t.impressions, 0)::numeric, t.spend / nullif(t.clicks, 0), t.revenue / nullif(t.spend, 0)`;

const range = 'r.date >= from_day and r.date <= to_day';

/**
 * Give the peer what it needs to answer our questions: functions over our own roll-ups, in a schema of its own,
 * which it shows as fields of the tables' types. They pass over merges, of which there are none here.
 *
 * @param url as a superuser.
 */
export async function createPeerFunctions(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    drop schema if exists peer cascade;
    create schema peer;
    grant usage on schema peer to mediagraph_server;
    create type peer.totals as (
      impressions bigint, clicks bigint, conversions numeric, revenue numeric, spend numeric,
      ctr numeric, cpc numeric, roas numeric
    );
    create type peer.point as ("from" date, status text, metrics peer.totals);
    create type peer.ranked_placement as (placement_id uuid, name text, metrics peer.totals);
    ${['campaigns', 'strategies', 'placements'].map(metrics).join('\n')}
    -- Their foreign keys, which the peer follows, are not checked by the database.
    comment on table public.strategies is '@foreignKey (campaign_id) references public.campaigns (id)';
    comment on table public.placements is '@foreignKey (strategy_id) references public.strategies (id)';
    ${series}
    ${sortedPlacements}
  `);
  await client.end();
}

const totalsOf = (entityId: string) => `
  select ${totals}
  from (select ${sums} from public.daily_rollups r where r.entity_id = ${entityId} and ${range}) t`;

// A set of one row, since PostgreSQL takes only sets into the statement around them: 40 campaigns take 1.0 ms so,
// and 1.6 ms each with one row that is no set, by SQL or PL/pgSQL. @graphile/pg-aggregates 0.2.0-rc.2 cannot divide
// one sum by another; asked for the sums alone, it took 13.3 ms of processor where these took 13.2 (`deep`), and
// 2.8 where these took 2.9 (`campaigns`).
const metrics = (table: string) => `
  create function peer.${table}_metrics(node public.${table}, from_day date, to_day date)
    returns setof peer.totals rows 1 language sql stable parallel safe as $$ ${totalsOf('node.id')} $$;
  comment on function peer.${table}_metrics is '@behavior -connection +list';`;

const series = `
  create function peer.clients_series(node public.clients, from_day date, to_day date)
    returns setof peer.point language sql stable parallel safe as $$
      select d.day::date, case s.status when 'APPLIED' then 'COMPLETE' else coalesce(s.status, 'PENDING') end,
        case when t.date is not null then row(${totals})::peer.totals end
      from generate_series(from_day, to_day, interval '1 day') as d (day)
      left join public.slices s on s.client_id = node.id and s.date = d.day::date
      left join (
        select r.date, ${sums} from public.daily_rollups r where r.entity_id = node.id and ${range} group by 1
      ) t on t.date = d.day::date
      order by 1
    $$;`;

// By the roll-ups of each placement: over those of all placements by day it takes four times as long.
const sortedPlacements = `
  create function peer.sorted_placements(of_client uuid, name_contains text, from_day date, to_day date)
    returns setof peer.ranked_placement language sql stable parallel safe as $$
      select p.id, p.name, t.metrics
      from public.placements p
      cross join lateral (select row(t.*)::peer.totals as metrics from (${totalsOf('p.id')}) t) t
      where p.client_id = of_client and p.name ilike '%' || name_contains || '%'
      order by (t.metrics).spend desc nulls last, p.id desc
    $$;`;
