import { Migration } from '@mikro-orm/migrations';

/** Fetched files that are kept for a while, turns on what is done once for all organizations, and months that were just put back. */
export class SourceFiles extends Migration {
  override name = '0040-source-files';

  override up(): void {
    this.addSql(`
      -- since when its content is not kept any more
      alter table source_objects add expired_at timestamptz;
      create index on source_objects (organization_id, fetched_at) where expired_at is null;

      -- Which contents somebody beside a client has; whoever it is of, without a client.
      create or replace function archived_for_others(hashes text[], of_client uuid) returns table (sha256 text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select distinct o.sha256 from source_objects o
          where o.sha256 = any (hashes) and o.client_id is distinct from of_client and o.expired_at is null
        $$;

      create table operations.chores (
        name text primary key,
        begun_at timestamptz not null
      );
      grant select, insert, update on operations.chores to mediagraph_definer;

      -- Whether a chore of the whole installation is the caller's: it has not begun for so long.
      create function take_chore(chore text, pause interval) returns boolean
        language sql security definer set search_path = public, pg_temp as $$
          with taken as (
            insert into operations.chores as c (name, begun_at) values (chore, now())
            on conflict (name) do update set begun_at = now() where c.begun_at < now() - pause
            returning 1
          )
          select exists (select from taken);
        $$;
      alter function take_chore owner to mediagraph_definer;
      revoke all on function take_chore from public;
      grant execute on function take_chore to mediagraph_worker;
    `);

    this.addSql(`
      -- As before, and a month that is put back at the same time stays.
      -- Takes away a month of all organizations' facts once each client's file of it is whole and says exactly what
      -- the facts say; what campaigns and clients add up to stays. Tells whether it did: not while somebody's file is
      -- to be written still, or anew, and not while somebody's facts were put back for a while.
      create or replace function remove_archived_month(of_month date) returns boolean
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
          -- Whoever was waited for may just have put it back.
          if exists (select from metric_archives where month = of_month and hot_until > now()) or exists (
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
    `);
  }
}
