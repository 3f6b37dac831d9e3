import { Migration } from '@mikro-orm/migrations';
import { dailyViews } from './bi/daily-views.ts';
import { entityViews } from './bi/entity-views.ts';
import { feedViews } from './bi/feed-views.ts';

const entityColumns = 'id, client_id, name, canonical_id, archived_at, created_at';
const factColumns = [
  'date, feed_id, client_id, campaign_id, strategy_id, placement_id',
  'impressions, clicks, conversions, revenue, spend, media_cost, completed_views',
].join(', ');

/** What the views read: of no table does a role of `bi` see another column. */
const tables = [
  { name: 'clients', columns: 'id, name, kind, status, time_zone, currency, created_at' },
  { name: 'feeds', columns: 'id, client_id, source, name, time_zone, currency, created_at' },
  { name: 'campaigns', columns: `${entityColumns}, source` },
  { name: 'strategies', columns: `${entityColumns}, campaign_id` },
  { name: 'placements', columns: `${entityColumns}, strategy_id` },
  { name: 'creatives', columns: `${entityColumns}, placement_id, preview_url` },
  { name: 'campaign_labels', columns: 'campaign_id, label' },
  {
    name: 'slices',
    columns:
      'feed_id, date, client_id, status, reason, version, row_count, impressions, run_slice_id, updated_at',
  },
  { name: 'daily_rollups', columns: `${factColumns}, entity_id, level` },
  { name: 'daily_metrics', columns: `${factColumns}, creative_id` },
];

/**
 * Views for BI tools, and `mediagraph_bi`: a group of roles that log in with SQL of their own, each for one
 * organization. What binds them is who they logged in as, since they can set any setting.
 */
export class Bi extends Migration {
  override name = '0011-bi';

  override up(): void {
    this.addSql(`
      do $$
      begin
        create role mediagraph_bi nologin;
      exception when duplicate_object or unique_violation then
        null; -- as in 0001: another database of the cluster was first
      end $$;

      create table operations.bi_roles (
        role_name text primary key,
        organization_id uuid not null references organizations,
        created_at timestamptz not null default now()
      );
      create index on operations.bi_roles (organization_id);
      grant select on operations.bi_roles to mediagraph_definer, mediagraph_operator;

      -- The clients of the organization that the connection's own role is for, whatever it has become since.
      create function bi_clients() returns uuid[]
        language sql stable parallel safe security definer set search_path = public, pg_temp as $$
          select coalesce(array_agg(c.id), '{}')
          from operations.bi_roles r join clients c on c.organization_id = r.organization_id
          where r.role_name = session_user
        $$;
      alter function bi_clients owner to mediagraph_definer;
      revoke all on function bi_clients from public;
      grant execute on function bi_clients to mediagraph_bi;

      -- Nobody finds anything in there by name to whom it was not granted.
      revoke usage on schema public from public;
    `);

    for (const { name, columns } of tables) {
      // By client, as the indexes of facts are.
      const clientColumn = name === 'clients' ? 'id' : 'client_id';
      this.addSql(`
        create policy bi on ${name} for select to mediagraph_bi
          using (${clientColumn} = any ((select bi_clients())::uuid[]));
        grant select (${columns}) on ${name} to mediagraph_bi;
      `);
    }

    this.addSql(`
      create schema bi;
      grant usage on schema bi to mediagraph_bi;

      create function bi.ratio(numerator numeric, denominator numeric) returns numeric
        language sql immutable parallel safe
        return round(numerator::numeric(80, 24) / nullif(denominator, 0), 12);
      comment on function bi.ratio is
        'One sum divided by another, to 12 decimals as in the API; null where the other is zero. Where a source does not report one of the two, sum the other over the rows that do: bi.ratio(sum(clicks), sum(impressions) filter (where clicks is not null)).';

      create function bi.graph_id(type text, id uuid) returns text
        language sql immutable parallel safe
        return rtrim(translate(encode(decode(type || ':' || id, 'escape'), 'base64'), '+/', '-_'), '=');
      comment on function bi.graph_id is 'The id in the GraphQL API of a row of a type, such as Client.';

      ${[...dailyViews, ...entityViews, ...feedViews].join('')}
    `);

    // What an operator does to an organization is in its audit log like what its own people do.
    this.addSql(`
      create policy definer on audit_log for insert to mediagraph_definer with check (true);
      grant insert on audit_log to mediagraph_definer;
      create function record_operator_change(
        of_organization uuid, what text, of_type text, was jsonb, is_now jsonb
      ) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into audit_log (organization_id, action, entity_type, before, after, user_agent)
          values (of_organization, what, of_type, was, is_now, 'operator')
        $$;
      alter function record_operator_change owner to mediagraph_definer;
      revoke all on function record_operator_change from public;
    `);
  }
}
