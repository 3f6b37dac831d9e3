import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** The lifecycle of jobs, and their schedules. */
export class Jobs extends Migration {
  override name = '0003-jobs';

  override up(): void {
    this.addSql(`
      create table job_runs (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid references clients,
        name text not null,
        queue text not null,
        payload jsonb not null,
        status text not null default 'QUEUED'
          check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
        fence integer not null default 0,
        attempt integer not null default 0,
        max_attempts integer not null,
        delivery integer not null default 0,
        run_at timestamptz not null default now(),
        sent_at timestamptz,
        lease_until timestamptz,
        worker text,
        stage text,
        done bigint,
        total bigint,
        sequence bigint not null default 0,
        cancel_requested_at timestamptz,
        error_code text,
        error_message text,
        requested_by uuid references users,
        request_id text,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz
      );
      -- Makes fence a key column: claiming, which changes it, then waits for a writer that holds the row
      -- FOR KEY SHARE, while heartbeats and progress, which do not, pass.
      create unique index job_runs_fence on job_runs (id, fence);
      create index job_runs_unfinished on job_runs (run_at) where status in ('QUEUED', 'RUNNING');
      create index on job_runs (organization_id, created_at desc);
      create index on job_runs (client_id);
      ${tenantTable('job_runs', { clientColumn: 'client_id' })}

      create table schedules (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid references clients,
        job_name text not null,
        payload jsonb not null,
        cron text not null,
        time_zone text not null,
        enabled boolean not null default true,
        next_run_at timestamptz not null,
        last_run_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index on schedules (next_run_at) where enabled;
      create index on schedules (organization_id);
      ${tenantTable('schedules', { clientColumn: 'client_id' })}
    `);

    this.addSql(`
      create policy definer on job_runs to mediagraph_definer using (true) with check (true);
      create policy definer on schedules to mediagraph_definer using (true);
      grant select, update on job_runs to mediagraph_definer;
      grant select on schedules to mediagraph_definer;

      -- Counts a delivery of each run and returns what the queue must be told.
      create function mark_job_runs_sent(ids uuid[]) returns setof job_runs
        language sql security definer set search_path = public, pg_temp as $$
          update job_runs set delivery = delivery + 1, sent_at = now()
          where id = any (ids) and status in ('QUEUED', 'RUNNING')
          returning *
        $$;

      -- Takes a run for a worker: one at a time, never while another's lease holds. A run whose worker was
      -- lost on its last attempt ends here, as does one that was cancelled meanwhile.
      create function claim_job_run(wanted_id uuid, by_worker text, lease interval, known_names text[])
        returns setof job_runs
        language sql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
          update job_runs set
            fence = fence + 1,
            sequence = sequence + 1,
            attempt = case when cancelled or exhausted then attempt else attempt + 1 end,
            status = case when cancelled then 'CANCELLED' when exhausted then 'FAILED' else 'RUNNING' end,
            error_code = case when exhausted and not cancelled then 'WORKER_LOST' end,
            error_message = case when exhausted and not cancelled
              then 'The worker stopped ' || attempt || ' times while it ran this job' end,
            finished_at = case when cancelled or exhausted then now() end,
            worker = by_worker,
            lease_until = now() + lease,
            started_at = coalesce(started_at, now())
          from (
            select id as candidate_id,
              cancel_requested_at is not null as cancelled,
              attempt >= max_attempts as exhausted
            from job_runs
            where id = wanted_id and name = any (known_names)
              and (status = 'QUEUED' and run_at <= now() + interval '1 second'
                or status = 'RUNNING' and lease_until < now())
            for update
          ) candidate
          where id = candidate_id
          returning job_runs.*
        $$;

      -- What the sweeper must look after: due and not taken up, or left by a lost worker.
      create function stranded_job_runs(patience interval, most integer) returns setof job_runs
        language sql stable security definer set search_path = public, pg_temp as $$
          select * from job_runs
          where status = 'QUEUED' and greatest(run_at, coalesce(sent_at, created_at)) < now() - patience
            or status = 'RUNNING' and lease_until < now()
              and (sent_at is null or sent_at < lease_until or sent_at < now() - patience)
          order by status = 'RUNNING' desc, run_at
          limit most
        $$;

      create function due_schedules(most integer) returns setof schedules
        language sql stable security definer set search_path = public, pg_temp as $$
          select * from schedules where enabled and next_run_at <= now() order by next_run_at limit most
        $$;

      alter function mark_job_runs_sent owner to mediagraph_definer;
      alter function claim_job_run owner to mediagraph_definer;
      alter function stranded_job_runs owner to mediagraph_definer;
      alter function due_schedules owner to mediagraph_definer;
      revoke all on function mark_job_runs_sent, claim_job_run, stranded_job_runs, due_schedules from public;
      grant execute on function mark_job_runs_sent to mediagraph_server, mediagraph_worker;
      grant execute on function claim_job_run, stranded_job_runs, due_schedules to mediagraph_worker;
    `);
  }
}
