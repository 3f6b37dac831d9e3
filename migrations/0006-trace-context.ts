import { Migration } from '@mikro-orm/migrations';

/** A run knows the trace that it was made in, so that its attempts, whoever makes them, belong to it. */
export class TraceContext extends Migration {
  override name = '0006-trace-context';

  override up(): void {
    this.addSql(`
      alter table job_runs add column traceparent text
        check (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');

      -- As before, and with the trace that the sending is part of.
      drop function mark_job_runs_sent;
      create function mark_job_runs_sent(ids uuid[]) returns table (
          id uuid, name text, queue text, delivery integer, delay_ms double precision, traceparent text
        )
        language sql security definer set search_path = public, pg_temp as $$
          update job_runs set delivery = delivery + 1, sent_at = now()
          where id = any (ids) and status in ('QUEUED', 'RUNNING')
          returning id, name, queue, delivery,
            greatest(0, extract(epoch from run_at - now()) * 1000)::double precision, traceparent
        $$;
      alter function mark_job_runs_sent owner to mediagraph_definer;
      revoke all on function mark_job_runs_sent from public;
      grant execute on function mark_job_runs_sent to mediagraph_server, mediagraph_worker;
    `);
  }
}
