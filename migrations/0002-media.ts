import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

const levels = [
  {
    table: 'campaigns',
    parent: 'clients',
    parentColumn: 'client_id',
    own: 'source text not null,',
  },
  { table: 'strategies', parent: 'campaigns', parentColumn: 'campaign_id', own: '' },
  { table: 'placements', parent: 'strategies', parentColumn: 'strategy_id', own: '' },
  {
    table: 'creatives',
    parent: 'placements',
    parentColumn: 'placement_id',
    own: 'preview_url text,',
  },
];

/** Clients, feeds, rate cards, the media hierarchy and its daily facts. */
export class Media extends Migration {
  override name = '0002-media';

  override up(): void {
    this.addSql(`
      create table clients (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        name text not null check (length(name) between 1 and 255),
        kind text not null check (kind in ('AGENCY_CLIENT', 'INDIVIDUAL')),
        status text not null default 'ACTIVE' check (status in ('ACTIVE', 'DISABLED', 'ARCHIVED')),
        time_zone text not null,
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create index on clients (organization_id, name, id);
      create unique index clients_name_key on clients (organization_id, lower(name));
      ${tenantTable('clients', { clientColumn: 'id' })}

      create policy definer on clients to mediagraph_definer using (true);
      grant select on clients to mediagraph_definer;

      -- The memberships of a user who proved who they are. The users of a client lose it while the client
      -- is disabled, and with their last client their way in.
      create function find_memberships(wanted_user_id uuid)
        returns table (user_id uuid, organization_id uuid, role text, client_ids uuid[], email_ciphertext text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, m.organization_id, m.role, enabled.client_ids, u.email_ciphertext
          from users u
          join memberships m on m.user_id = u.id
          cross join lateral (
            select array_agg(c.id) as client_ids from clients c
            where c.id = any (m.client_ids) and c.status <> 'DISABLED'
          ) enabled
          where u.id = wanted_user_id and u.disabled_at is null
            and (m.client_ids is null or enabled.client_ids is not null)
          order by m.created_at, m.id
        $$;
      alter function find_memberships owner to mediagraph_definer;
      revoke all on function find_memberships from public;
      grant execute on function find_memberships to mediagraph_server, mediagraph_worker;

      -- Whose a bucket is: all are read with the deployment's own credentials, so the first organization to
      -- name one has it to itself.
      create table bucket_owners (
        bucket text primary key,
        organization_id uuid not null references organizations,
        created_at timestamptz not null default now()
      );
      create index on bucket_owners (organization_id);
      ${tenantTable('bucket_owners', 'ORGANIZATION', { grants: 'select, insert' })}

      create table feeds (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        source text not null,
        name text not null check (length(name) between 1 and 255),
        bucket text not null,
        key_pattern text not null,
        file_mode text not null check (file_mode in ('LATEST', 'PARTS')),
        time_zone text not null,
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        lookback_days integer not null check (lookback_days between 1 and 90),
        min_valid_share numeric(4, 3) not null default 0.5 check (min_valid_share between 0 and 1),
        hold_below_share numeric(4, 3) not null default 0.5 check (hold_below_share between 0 and 1),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create unique index feeds_name_key on feeds (client_id, lower(name));
      create index on feeds (organization_id);
      ${tenantTable('feeds', { clientColumn: 'client_id' })}
    `);

    for (const { table, parent, parentColumn, own } of levels) {
      const clientColumn =
        parentColumn === 'client_id' ? '' : 'client_id uuid not null references clients,';
      this.addSql(`
        create table ${table} (
          id uuid primary key default gen_random_uuid(),
          organization_id uuid not null references organizations,
          ${clientColumn}
          ${parentColumn} uuid not null references ${parent},
          ${own}
          name text not null check (length(name) between 1 and 255),
          canonical_id uuid references ${table},
          archived_at timestamptz,
          created_at timestamptz not null default now()
        );
        create index on ${table} (${parentColumn}, name, id);
        create index on ${table} (canonical_id) where canonical_id is not null;
        ${tenantTable(table, { clientColumn: 'client_id' })}
      `);
    }

    this.addSql(`
      -- How a file names an entity: identity is looked up here, so that a rename is one more row.
      create table media_aliases (
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        level text not null check (level in ('CAMPAIGN', 'STRATEGY', 'PLACEMENT', 'CREATIVE')),
        parent_id uuid not null,
        source text not null,
        key text not null,
        name text not null,
        entity_id uuid not null,
        -- in this order and no longer: a planner without statistics then needs both of the first two columns
        primary key (parent_id, key, source)
      );
      create index on media_aliases (entity_id);
      ${tenantTable('media_aliases', { clientColumn: 'client_id' })}

      create table rate_cards (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        source text,
        campaign_id uuid references campaigns,
        cpm numeric(12, 6) not null check (cpm >= 0),
        effective_from date not null,
        effective_to date check (effective_to >= effective_from),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint rate_cards_overlap exclude using gist (
          client_id with =,
          (coalesce(source, '')) with =,
          (coalesce(campaign_id, '00000000-0000-0000-0000-000000000000')) with =,
          daterange(effective_from, effective_to, '[]') with &&
        )
      );
      ${tenantTable('rate_cards', { clientColumn: 'client_id' })}

      create table daily_metrics (
        feed_id uuid not null references feeds,
        date date not null,
        creative_id uuid not null,
        organization_id uuid not null,
        client_id uuid not null,
        campaign_id uuid not null,
        strategy_id uuid not null,
        placement_id uuid not null,
        impressions bigint not null,
        clicks bigint,
        conversions numeric(20, 9),
        revenue numeric(20, 9),
        spend numeric(20, 9) not null,
        media_cost numeric(20, 9),
        completed_views bigint,
        reach bigint,
        primary key (feed_id, date, creative_id)
      ) partition by range (date);
      create index on daily_metrics (client_id, date);
      ${tenantTable('daily_metrics', { clientColumn: 'client_id' })}

      -- The application cannot make tables. A partition read directly would ignore the policy of its
      -- parent, so each is made detached, closed to everyone, and only then attached.
      create function ensure_metrics_partition(day date) returns void
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare
          month_start date := date_trunc('month', day)::date;
          partition_name text := 'daily_metrics_' || to_char(day, 'YYYY_MM');
        begin
          if day not between date '2000-01-01' and current_date + 2 then
            raise exception 'no partition for %', day using errcode = 'invalid_parameter_value';
          end if;
          if to_regclass('public.' || partition_name) is not null then return; end if;
          -- Made by another worker meanwhile: the advisory lock is waited for, but what it saw made is not seen
          -- at once, so that only creating it tells for certain.
          perform pg_advisory_xact_lock(hashtext('ensure_metrics_partition'));
          execute format('create table %I (like daily_metrics including all)', partition_name);
          execute format('alter table %I enable row level security', partition_name);
          execute format('alter table %I force row level security', partition_name);
          execute format(
            'alter table daily_metrics attach partition %I for values from (%L) to (%L)',
            partition_name, month_start, (month_start + interval '1 month')::date
          );
        exception when duplicate_table then
          null;
        end $$;
      revoke all on function ensure_metrics_partition from public;
      grant execute on function ensure_metrics_partition to mediagraph_worker;
    `);
  }
}
