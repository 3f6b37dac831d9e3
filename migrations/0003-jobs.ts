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
        -- attempts that failed by themselves: these count towards the most
        failures integer not null default 0,
        -- how often a worker was lost while it ran this, since an attempt last ended by itself
        deaths integer not null default 0,
        -- of the organization's own jobs, the higher goes first
        priority smallint not null default 5 check (priority between 0 and 10),
        payload_version integer not null default 1,
        delivery integer not null default 0,
        run_at timestamptz not null default date_trunc('milliseconds', now()),
        sent_at timestamptz,
        lease_until timestamptz,
        worker text,
        claimed_at timestamptz,
        stage text,
        done bigint,
        total bigint,
        sequence bigint not null default 0,
        cancel_requested_at timestamptz,
        error_code text,
        error_message text,
        requested_by uuid references users,
        request_id text,
        -- of the trace that it was made in, so that its attempts, whoever makes them, belong to it
        traceparent text check (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'),
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        started_at timestamptz,
        finished_at timestamptz
      ) with (fillfactor = 70); -- heartbeats and progress then stay on their page
      -- Makes fence a key column: claiming, which changes it, then waits for a writer that holds the row
      -- FOR KEY SHARE, while heartbeats and progress, which do not, pass.
      create unique index job_runs_fence on job_runs (id, fence);
      create index job_runs_unfinished on job_runs (run_at) where status in ('QUEUED', 'RUNNING');
      create index job_runs_waiting on job_runs (queue, organization_id, priority desc, run_at)
        where status = 'QUEUED';
      create index job_runs_running on job_runs (queue, organization_id) where status = 'RUNNING';
      create index job_runs_turns on job_runs (queue, organization_id, claimed_at desc)
        where claimed_at is not null;
      create index on job_runs (organization_id, created_at desc, id desc);
      create index on job_runs (organization_id, finished_at) where status in ('SUCCEEDED', 'FAILED');
      create index job_runs_failed on job_runs (organization_id, created_at desc, id desc)
        where status = 'FAILED';
      create index on job_runs (client_id);
      ${tenantTable('job_runs', { clientColumn: 'client_id' })}

      -- Queues that take up nothing: '*' is every queue, no organization all of them.
      create table queue_pauses (
        id uuid primary key default gen_random_uuid(),
        queue text not null,
        organization_id uuid references organizations,
        reason text not null,
        -- what runs is handed back too
        halts_running boolean not null default false,
        paused_by uuid references users,
        paused_at timestamptz not null default now(),
        unique nulls not distinct (queue, organization_id)
      );
      create index on queue_pauses (organization_id);
      ${tenantTable('queue_pauses', 'ORGANIZATION')}
      create policy operators on queue_pauses for select to mediagraph_server, mediagraph_worker
        using (organization_id is null);

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
      create policy definer on queue_pauses to mediagraph_definer using (true) with check (true);
      grant select, insert, update, delete on queue_pauses to mediagraph_definer;

      -- Counts a delivery of each run and returns what the queue must be told.
      create function mark_job_runs_sent(ids uuid[])
        returns table (
          id uuid, name text, queue text, delivery integer, delay_ms double precision, traceparent text
        )
        language sql security definer set search_path = public, pg_temp as $$
          update job_runs set delivery = delivery + 1, sent_at = now()
          -- in one order, so that two who send at once do not wait for each other
          where id in (
            select id from job_runs where id = any (ids) and status in ('QUEUED', 'RUNNING')
            order by id for no key update
          )
          returning id, name, queue, delivery,
            greatest(0, extract(epoch from run_at - now()) * 1000)::double precision, traceparent
        $$;

      create function is_paused(of_queue text, of_organization uuid) returns boolean
        language sql stable security definer set search_path = public, pg_temp as $$
          select exists (
            select from queue_pauses
            where queue in (of_queue, '*')
              and (organization_id is null or organization_id = of_organization)
          )
        $$;

      -- Of the runs that are due in a queue, the one whose turn it is: of the organization that has the fewest
      -- running there, then of the one that was served longest ago; in it the most urgent, then the oldest.
      -- The cost is bounded: of very many organizations it looks at some, from a random one on, and of each at
      -- its first runs only, which may all be of a later time or another version.
      create function fairest_job_run(in_queue text, known_jobs jsonb)
        returns table (id uuid, organization_id uuid, priority smallint)
        language sql volatile security definer set search_path = public, pg_temp as $$
          with recursive pivot as materialized (
            select gen_random_uuid() as id
          ), waiting (organization_id, place, first_id) as (
            select first.id, 1, first.id from (
              select coalesce(
                (select j.organization_id from job_runs j
                 where j.status = 'QUEUED' and j.queue = in_queue
                   and j.organization_id > (select pivot.id from pivot)
                 order by j.organization_id limit 1),
                (select j.organization_id from job_runs j
                 where j.status = 'QUEUED' and j.queue = in_queue order by j.organization_id limit 1)
              ) as id
            ) first where first.id is not null
            union all
            select next.id, place + 1, first_id
            from waiting cross join lateral (
              select coalesce(
                (select j.organization_id from job_runs j
                 where j.status = 'QUEUED' and j.queue = in_queue
                   and j.organization_id > waiting.organization_id
                 order by j.organization_id limit 1),
                (select j.organization_id from job_runs j
                 where j.status = 'QUEUED' and j.queue = in_queue order by j.organization_id limit 1)
              ) as id
            ) next
            where place < 50 and next.id <> first_id
          )
          select head.id, waiting.organization_id, head.priority
          from waiting
          cross join lateral (
            select early.id, early.priority from (
              select * from job_runs j
              where j.status = 'QUEUED' and j.queue = in_queue
                and j.organization_id = waiting.organization_id
              order by j.priority desc, j.run_at
              limit 50
            ) early
            where early.run_at <= now() + interval '1 second'
              and early.payload_version <= (known_jobs ->> early.name)::int
            order by early.priority desc, early.run_at
            limit 1
          ) head
          cross join lateral (
            select count(*) as jobs from job_runs j
            where j.status = 'RUNNING' and j.queue = in_queue
              and j.organization_id = waiting.organization_id
          ) running
          left join lateral (
            select j.claimed_at from job_runs j
            where j.queue = in_queue and j.organization_id = waiting.organization_id
              and j.claimed_at is not null
            order by j.claimed_at desc
            limit 1
          ) turn on true
          where not exists (
            select from queue_pauses pause
            where pause.queue in (in_queue, '*')
              and (pause.organization_id is null or pause.organization_id = waiting.organization_id)
          )
          order by running.jobs, turn.claimed_at nulls first
          limit 1
        $$;

      -- Takes up a run for a worker that was handed the delivery of one: that one or, where another's turn has
      -- come, the other; the first must then be sent again. Nothing is taken up while it is another worker's,
      -- not due, paused, of a version that the worker does not know, or held by a transaction that still writes
      -- under its fence: it is delivered again.
      --
      -- A run that has cost two workers their lives runs beside no other such run: so the guilty one is found,
      -- and what a single accident stopped goes on at once. The worker ends what was cancelled meanwhile, and
      -- what has cost too many lives.
      create function claim_job_run(delivered_id uuid, by_worker text, lease interval, known_jobs jsonb)
        returns setof job_runs
        language plpgsql security definer set search_path = public, pg_temp as $$
          declare
            delivered job_runs;
            fairest record;
            chosen_id uuid := delivered_id;
          begin
            select * into delivered from job_runs where id = delivered_id;
            if is_paused(delivered.queue, delivered.organization_id) then return; end if;
            if delivered.status = 'QUEUED' then
              select * into fairest from fairest_job_run(delivered.queue, known_jobs);
              if fairest.organization_id <> delivered.organization_id
                or fairest.priority > delivered.priority
              then
                select id into chosen_id from job_runs
                where id = fairest.id and status = 'QUEUED' for update skip locked;
              end if;
            end if;
            return query
              update job_runs set
                fence = fence + 1,
                sequence = sequence + 1,
                attempt = attempt + 1,
                deaths = case when abandoned then deaths + 1 else deaths end,
                status = 'RUNNING', error_code = null, error_message = null,
                worker = by_worker,
                claimed_at = now(),
                lease_until = now() + lease,
                started_at = coalesce(started_at, now())
              from (
                select id as candidate_id, status = 'RUNNING' as abandoned
                from job_runs
                where id = coalesce(chosen_id, delivered_id)
                  and payload_version <= (known_jobs ->> name)::int
                  and (status = 'QUEUED' and run_at <= now() + interval '1 second'
                    or status = 'RUNNING' and lease_until < now())
                  and (deaths + (status = 'RUNNING')::int < 2 or not exists (
                    select from job_runs suspect
                    where suspect.status = 'RUNNING' and suspect.worker = by_worker
                      and suspect.deaths > 1 and suspect.lease_until >= now()
                  ))
                for update skip locked
              ) candidate
              where id = candidate_id
              returning job_runs.*;
          end
        $$;

      -- Whether turns matter in a queue: more than one organization waits, or one with jobs of several priorities.
      create function is_contested(in_queue text) returns boolean
        language sql stable security definer set search_path = public, pg_temp as $$
          select (
            select (organization_id, priority) from job_runs where status = 'QUEUED' and queue = in_queue
            order by organization_id, priority desc limit 1
          ) is distinct from (
            select (organization_id, priority) from job_runs where status = 'QUEUED' and queue = in_queue
            order by organization_id desc, priority limit 1
          )
        $$;

      -- A worker's claims of one moment: where nobody's turn is passed over and none is suspect, in one
      -- statement; the others one by one.
      create function claim_job_runs(
          in_queue text, delivered_ids uuid[], by_worker text, lease interval, known_jobs jsonb
        ) returns table (delivered_id uuid, run jsonb)
        language plpgsql security definer set search_path = public, pg_temp as $$
          declare
            next_id uuid;
            claimed_ids uuid[] := '{}';
          begin
            if not is_contested(in_queue) then
              with claimed as (
                update job_runs set fence = fence + 1, sequence = sequence + 1, attempt = attempt + 1,
                  status = 'RUNNING', worker = by_worker, claimed_at = now(), lease_until = now() + lease,
                  started_at = coalesce(started_at, now()), error_code = null, error_message = null
                where id in (
                  select id from job_runs
                  where id = any (delivered_ids) and status = 'QUEUED' and queue = in_queue and deaths < 2
                    and run_at <= now() + interval '1 second'
                    and payload_version <= (known_jobs ->> name)::int
                    and not exists (
                      select from queue_pauses pause
                      where pause.queue in (in_queue, '*')
                        and (pause.organization_id is null
                          or pause.organization_id = job_runs.organization_id)
                    )
                  for update skip locked
                )
                returning *
              )
              select array_agg(id) from claimed into claimed_ids;
            end if;
            return query select id, to_jsonb(job_runs) from job_runs where id = any (claimed_ids);
            foreach next_id in array delivered_ids loop
              continue when next_id = any (claimed_ids);
              return query
                select next_id, to_jsonb(claimed)
                from claim_job_run(next_id, by_worker, lease, known_jobs) claimed;
            end loop;
          end
        $$;

      -- Ends runs that succeeded and leave nothing to put in order, each at the fence of its worker.
      create function succeed_job_runs(ids uuid[], fences integer[])
        returns table (id uuid, sequence bigint)
        language sql security definer set search_path = public, pg_temp as $$
          update job_runs set status = 'SUCCEEDED', sequence = job_runs.sequence + 1, lease_until = null,
            sent_at = null, deaths = 0, error_code = null, error_message = null, finished_at = now()
          where job_runs.id in (
            select held.id from job_runs held
            join unnest(ids, fences) as ended (id, fence) on ended.id = held.id and ended.fence = held.fence
            where held.status = 'RUNNING'
            order by held.id for no key update of held
          )
          returning job_runs.id, job_runs.sequence
        $$;

      -- What the sweeper must look after: due and not taken up, or left by a lost worker.
      create function stranded_job_runs(patience interval, most integer) returns setof job_runs
        language sql stable security definer set search_path = public, pg_temp as $$
          select * from job_runs
          where (status = 'QUEUED' and greatest(run_at, coalesce(sent_at, created_at)) < now() - patience
            or status = 'RUNNING' and lease_until < now()
              and (sent_at is null or sent_at < lease_until or sent_at < now() - patience))
            and not exists (
              select from queue_pauses pause
              where pause.queue in (job_runs.queue, '*')
                and (pause.organization_id is null
                  or pause.organization_id = job_runs.organization_id)
            )
          order by status = 'RUNNING' desc, run_at
          limit most
        $$;

      -- These still wait in the queue: the sweeper looks at others first, and at them again after its patience.
      create function mark_job_runs_waiting(ids uuid[]) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update job_runs set sent_at = now() where id in (
            select id from job_runs where id = any (ids) and status = 'QUEUED' order by id for no key update
          )
        $$;

      create function due_schedules(most integer) returns setof schedules
        language sql stable security definer set search_path = public, pg_temp as $$
          select * from schedules where enabled and next_run_at <= now() order by next_run_at limit most
        $$;

      -- An operator's pause is of all organizations.
      create function pause_queue(which text, why text, halting boolean) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into queue_pauses (queue, reason, halts_running) values (which, why, halting)
          on conflict (queue, organization_id) do update
            set reason = excluded.reason, halts_running = excluded.halts_running
        $$;
      create function resume_queue(which text) returns bigint
        language sql security definer set search_path = public, pg_temp as $$
          with ended as (
            delete from queue_pauses where queue = which and organization_id is null returning 1
          )
          select count(*) from ended
        $$;

      alter function is_contested owner to mediagraph_definer;
      alter function claim_job_runs owner to mediagraph_definer;
      alter function succeed_job_runs owner to mediagraph_definer;
      alter function is_paused owner to mediagraph_definer;
      alter function fairest_job_run owner to mediagraph_definer;
      alter function pause_queue owner to mediagraph_definer;
      alter function resume_queue owner to mediagraph_definer;
      alter function mark_job_runs_sent owner to mediagraph_definer;
      alter function claim_job_run owner to mediagraph_definer;
      alter function mark_job_runs_waiting owner to mediagraph_definer;
      alter function stranded_job_runs owner to mediagraph_definer;
      alter function due_schedules owner to mediagraph_definer;
      revoke all on function mark_job_runs_sent, claim_job_run, stranded_job_runs, due_schedules, is_paused,
        claim_job_runs, succeed_job_runs, mark_job_runs_waiting, is_contested, fairest_job_run,
        pause_queue, resume_queue from public;
      grant execute on function mark_job_runs_sent to mediagraph_server, mediagraph_worker;
      grant execute on function claim_job_run, claim_job_runs, succeed_job_runs, mark_job_runs_waiting,
        stranded_job_runs, due_schedules to mediagraph_worker;
    `);
  }
}
