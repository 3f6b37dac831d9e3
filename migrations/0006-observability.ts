import { Migration } from '@mikro-orm/migrations';

/**
 * What probes and scrapes ask: figures over all organizations, one row per queue, job or source and never per
 * tenant. Each is read from an index of what is unfinished or failed, however long the history is.
 */
export class Observability extends Migration {
  override name = '0006-observability';

  override up(): void {
    this.addSql(`
      create function applied_migrations() returns table (name text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select name from migrations
        $$;
      revoke all on function applied_migrations from public;
      grant execute on function applied_migrations to mediagraph_server, mediagraph_worker;

      create index job_runs_failed_at on job_runs (finished_at) include (name) where status = 'FAILED';

      create policy definer on feeds to mediagraph_definer using (true);
      create policy definer on slices to mediagraph_definer using (true);
      grant select on feeds, slices to mediagraph_definer;

      create function observe_queues(stuck_after interval) returns table (
          queue text, waiting bigint, delayed bigint, running bigint, stuck bigint, oldest_waiting_seconds float8
        )
        language sql stable security definer set search_path = public, pg_temp as $$
          select queue,
            count(*) filter (where status = 'QUEUED' and run_at <= now()),
            count(*) filter (where status = 'QUEUED' and run_at > now()),
            count(*) filter (where status = 'RUNNING'),
            count(*) filter (where status = 'RUNNING' and claimed_at < now() - stuck_after),
            coalesce(extract(epoch from now() - min(run_at) filter (where status = 'QUEUED' and run_at <= now())), 0)
          from job_runs where status in ('QUEUED', 'RUNNING')
          group by queue
        $$;

      create function observe_failures(since interval) returns table (job text, failures bigint)
        language sql stable security definer set search_path = public, pg_temp as $$
          select name, count(*) from job_runs
          where status = 'FAILED' and finished_at > now() - since
          group by name
        $$;

      alter function observe_queues owner to mediagraph_definer;
      alter function observe_failures owner to mediagraph_definer;
      revoke all on function observe_queues, observe_failures from public;
      grant execute on function observe_queues, observe_failures to mediagraph_server, mediagraph_worker;
    `);
  }
}
