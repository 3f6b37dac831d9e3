import { Migration } from '@mikro-orm/migrations';

/** One definition of how late a feed is, for scrapes and for each organization's own view of its health. */
export class Health extends Migration {
  override name = '0008-health';

  override up(): void {
    this.addSql(`
      -- The first day that is not loaded is the one after the newest that is; it is late from when it ended in
      -- the feed's zone. A feed that was never loaded is late from when it was made. Whoever asks sees the lags
      -- of those feeds that row-level security shows them.
      create view feed_lags with (security_invoker = true) as
        select f.id as feed_id, f.source,
          now() - coalesce((newest.date + 2)::timestamp at time zone f.time_zone, f.created_at) as lag
        from feeds f
        join clients c on c.id = f.client_id and c.status = 'ACTIVE'
        left join lateral (
          select s.date from slices s where s.feed_id = f.id and s.version > 0
          order by s.date desc limit 1
        ) newest on true;
      grant select on feed_lags to mediagraph_server, mediagraph_worker, mediagraph_definer;

      set local role mediagraph_definer;
      create function observe_feeds(behind_after interval) returns table (
          source text, behind bigint, most_lag_seconds float8
        )
        language sql stable security definer set search_path = public, pg_temp as $$
          select source, count(*) filter (where lag > behind_after),
            greatest(0, extract(epoch from max(lag)))
          from feed_lags group by source
        $$;

      -- By their signs of life: nobody marks the last worker lost.
      create function observe_workers(silent_after interval) returns table (version text, queues text[])
        language sql stable security definer set search_path = public, pg_temp as $$
          select version, queues from operations.workers
          where stopped_at is null and lost_at is null and last_beat_at > now() - silent_after
        $$;
      revoke all on function observe_feeds, observe_workers from public;
      grant execute on function observe_feeds, observe_workers to mediagraph_server, mediagraph_worker;
      reset role;
    `);
  }
}
