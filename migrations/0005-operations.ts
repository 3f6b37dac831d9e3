import { Migration } from '@mikro-orm/migrations';

/**
 * What runs where, and how often callers tried: of the installation, not of any organization, and so in a
 * schema of its own, beside the tables that row-level security guards.
 */
export class Operations extends Migration {
  override name = '0005-operations';

  override up(): void {
    this.addSql(`
      create schema operations;
      grant usage on schema operations to mediagraph_server, mediagraph_worker, mediagraph_definer;

      create table operations.workers (
        name text primary key,
        host text not null,
        pid integer not null,
        version text not null,
        queues text[] not null,
        concurrency integer not null,
        started_at timestamptz not null default now(),
        last_beat_at timestamptz not null default now(),
        stopped_at timestamptz,
        lost_at timestamptz
      );
      create index on operations.workers (last_beat_at);
      grant select on operations.workers to mediagraph_server, mediagraph_worker;
      grant select, insert, update, delete on operations.workers to mediagraph_definer;

      create function beat_worker(
        worker_name text, on_host text, with_pid integer, of_version text, on_queues text[], at_once integer
      ) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into operations.workers (name, host, pid, version, queues, concurrency)
          values (worker_name, on_host, with_pid, of_version, on_queues, at_once)
          on conflict (name) do update set last_beat_at = now(), lost_at = null
        $$;
      create function stop_worker(worker_name text) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update operations.workers set stopped_at = now(), last_beat_at = now() where name = worker_name
        $$;
      -- Marks those that are silent, each once, and forgets those that are long gone.
      create function mark_lost_workers(patience interval) returns setof operations.workers
        language sql security definer set search_path = public, pg_temp as $$
          delete from operations.workers where last_beat_at < now() - interval '7 days';
          update operations.workers set lost_at = now()
          where last_beat_at < now() - patience and stopped_at is null and lost_at is null
          returning *
        $$;
      alter function beat_worker owner to mediagraph_definer;
      alter function stop_worker owner to mediagraph_definer;
      alter function mark_lost_workers owner to mediagraph_definer;
      revoke all on function beat_worker, stop_worker, mark_lost_workers from public;
      grant execute on function beat_worker, stop_worker, mark_lost_workers to mediagraph_worker;

      -- As rate-limiter-flexible wants it; a crash may reset it.
      create unlogged table operations.rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
      create index on operations.rate_limits (expire);
      grant select, insert, update, delete on operations.rate_limits to mediagraph_server;
    `);
  }
}
