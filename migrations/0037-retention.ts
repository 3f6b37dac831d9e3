import { Migration } from '@mikro-orm/migrations';
import { archivedDayViews } from './bi/archived-days.ts';
import { tenantTable } from './support/tenant-table.ts';

/** Months of facts that leave for files, what stays of them, and what may remove them. */
export class Retention extends Migration {
  override name = '0037-retention';

  override up(): void {
    this.addSql(`
      -- A month of a client's facts in a file of our own bucket; both stay for ever.
      create table metric_archives (
        client_id uuid not null references clients,
        month date not null check (date_trunc('month', month) = month),
        organization_id uuid not null references organizations,
        file_key text not null unique,
        -- what the facts add up to, and what tells them from any others; null while the file is being written
        sums jsonb,
        fingerprint numeric,
        size_bytes bigint,
        sha256 text,
        archived_at timestamptz,
        -- since when they are in the file alone
        removed_at timestamptz,
        -- they were put back, and stay at least until then
        hot_until timestamptz,
        primary key (client_id, month),
        check ((sha256 is null) = (sums is null)),
        check (sha256 is not null or removed_at is null)
      );
      create index on metric_archives (organization_id, month);
      ${tenantTable('metric_archives', { clientColumn: 'client_id' }, { grants: 'select' })}
      grant insert, update, delete on metric_archives to mediagraph_worker;

      -- The facts of an archived month of a feed, summed for its client and each of its campaigns: shaped like
      -- daily_rollups, dated the month's first day. Those of a month are there while its facts are in the file alone.
      create table monthly_rollups (
        entity_id uuid not null,
        date date not null check (date_trunc('month', date) = date),
        feed_id uuid not null references feeds,
        reported smallint not null,
        level text not null check (level in ('CLIENT', 'CAMPAIGN')),
        organization_id uuid not null,
        client_id uuid not null,
        campaign_id uuid,
        impressions bigint not null,
        clicks bigint,
        conversions numeric(29, 9),
        revenue numeric(29, 9),
        spend numeric(29, 9) not null,
        media_cost numeric(29, 9),
        completed_views bigint,
        primary key (entity_id, date, feed_id, reported)
      );
      create index on monthly_rollups (client_id, date);
      create index on monthly_rollups (feed_id);
      ${tenantTable('monthly_rollups', { clientColumn: 'client_id' }, { grants: 'select' })}
      grant delete on monthly_rollups to mediagraph_worker;

      alter table slices drop constraint slices_status_check,
        add constraint slices_status_check check (status in ('APPLIED', 'HELD', 'MISSING', 'FAILED', 'ARCHIVED'));

      -- Scratch that archived facts are loaded through, as staging.media_rows is for files.
      create unlogged table staging.archived_facts (
        run_id uuid not null,
        fence integer not null,
        client_id uuid not null,
        feed_id uuid not null,
        date date not null,
        creative_id uuid not null,
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
        reach bigint
      );
      create index on staging.archived_facts (client_id);
      grant select, insert, delete on staging.archived_facts to mediagraph_worker;
    `);

    this.addSql(`
      -- The first month that may not leave, whatever is configured: sources restate up to 90 days.
      create function facts_horizon() returns date language sql stable parallel safe
        return (date_trunc('month', now() at time zone 'UTC') - interval '4 months')::date;

      -- What the facts of a month add up to, client by client, as their reader sees them. The fingerprint is of every
      -- column of every row, in whatever order.
      create function sums_of_month(of_month date)
        returns table (client_id uuid, sums jsonb, fingerprint numeric)
        language sql stable as $$
          select f.client_id,
            jsonb_build_object(
              'rows', count(*), 'impressions', sum(f.impressions), 'clicks', sum(f.clicks),
              'conversions', sum(f.conversions), 'revenue', sum(f.revenue), 'spend', sum(f.spend),
              'media_cost', sum(f.media_cost), 'completed_views', sum(f.completed_views), 'reach', sum(f.reach)
            ),
            sum(hash_record_extended(f, 0))
          from daily_metrics f
          where f.date >= of_month and f.date < (of_month + interval '1 month')::date
          group by f.client_id
        $$;

      -- Only their owner may lock a partition by itself, or take it away. Who reads facts waits behind the latter.
      create function hold_metrics_partition(of_month date) returns void
        language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '10s' as $$
        declare partition_name text := 'daily_metrics_' || to_char(of_month, 'YYYY_MM');
        begin
          if to_regclass('public.' || partition_name) is not null then
            execute format('lock table only %I in share mode', partition_name);
          end if;
        end $$;
      create function drop_metrics_partition(of_month date) returns void
        language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
        declare partition_name text := 'daily_metrics_' || to_char(of_month, 'YYYY_MM');
        begin
          if to_regclass('public.' || partition_name) is not null then
            execute format('alter table daily_metrics detach partition %I', partition_name);
            execute format('drop table %I', partition_name);
          end if;
        end $$;
      revoke all on function hold_metrics_partition, drop_metrics_partition from public;
      grant execute on function hold_metrics_partition, drop_metrics_partition to mediagraph_definer;

      create policy retention on daily_metrics for select to mediagraph_definer using (true);
      create policy retention on daily_rollups to mediagraph_definer using (true);
      create policy retention on monthly_rollups for insert to mediagraph_definer with check (true);
      create policy retention on metric_archives to mediagraph_definer using (true);
      create policy retention on slices to mediagraph_definer using (true);
      grant select on daily_metrics, daily_rollups, metric_archives, slices to mediagraph_definer;
      grant delete on daily_rollups to mediagraph_definer;
      grant insert on monthly_rollups to mediagraph_definer;
      grant update (removed_at, hot_until) on metric_archives to mediagraph_definer;
      grant update (status, version, updated_at) on slices to mediagraph_definer;

      -- Takes away a month of all organizations' facts once each client's file of it is whole and says exactly what
      -- the facts say; what campaigns and clients add up to stays. Tells whether it did: not while somebody's file is
      -- to be written still, or anew, and not while somebody's facts were put back for a while.
      create function remove_archived_month(of_month date) returns boolean
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare next_month date := (of_month + interval '1 month')::date;
        begin
          if of_month <> date_trunc('month', of_month) or of_month >= facts_horizon() then
            raise exception 'the month % is too young to leave', of_month using errcode = 'insufficient_privilege';
          end if;
          if exists (select from metric_archives where month = of_month and hot_until > now()) or exists (
            select from slices s
            where s.date >= of_month and s.date < next_month and s.version > 0 and s.status <> 'ARCHIVED'
              and not exists (
                select from metric_archives a
                where a.client_id = s.client_id and a.month = of_month and a.sha256 is not null
                  and a.removed_at is null
              )
          ) then
            return false;
          end if;
          -- Who writes a day holds its slice, then its facts: in this order nobody waits for the other. Of two who are
          -- here at once, the second finds nothing left to do.
          perform from slices where date >= of_month and date < next_month order by feed_id, date for update;
          perform hold_metrics_partition(of_month);
          if exists (
            select from sums_of_month(of_month) hot
            left join metric_archives a
              on a.client_id = hot.client_id and a.month = of_month and a.removed_at is null
            where (a.sums, a.fingerprint) is distinct from (hot.sums, hot.fingerprint)
          ) or exists (
            select from metric_archives a
            where a.month = of_month and a.removed_at is null and (a.sums ->> 'rows')::bigint > 0
              and not exists (select from sums_of_month(of_month) hot where hot.client_id = a.client_id)
          ) then
            return false;
          end if;

          insert into monthly_rollups
            select entity_id, of_month, feed_id, reported, level, organization_id, client_id, campaign_id,
              sum(impressions), sum(clicks), sum(conversions), sum(revenue), sum(spend), sum(media_cost),
              sum(completed_views)
            from daily_rollups
            where level in ('CLIENT', 'CAMPAIGN') and date >= of_month and date < next_month
              and client_id in (select a.client_id from metric_archives a where a.month = of_month)
            group by entity_id, feed_id, reported, level, organization_id, client_id, campaign_id;
          delete from daily_rollups
          where date >= of_month and date < next_month
            and client_id in (select a.client_id from metric_archives a where a.month = of_month);
          -- a day that reads otherwise has another version
          update slices set status = 'ARCHIVED', version = version + 1
          where date >= of_month and date < next_month and version > 0 and status <> 'ARCHIVED';
          update metric_archives set removed_at = now(), hot_until = null
          where month = of_month and removed_at is null and sha256 is not null;
          perform drop_metrics_partition(of_month);
          return true;
        end $$;
      alter function remove_archived_month owner to mediagraph_definer;
      revoke all on function remove_archived_month from public;
      grant execute on function remove_archived_month to mediagraph_worker;
      grant execute on function sums_of_month, facts_horizon to mediagraph_definer;
    `);

    this.addSql(archivedDayViews.join(''));
  }
}
