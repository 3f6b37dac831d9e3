import { Migration } from '@mikro-orm/migrations';

/** What is told of audits from outside, and what is left of those whose answers are no longer kept. */
export class AeoUpkeep extends Migration {
  override name = '0045-aeo-upkeep';

  override up(): void {
    this.addSql(`
      create policy definer on aeo_audits to mediagraph_definer using (true);
      grant select on aeo_audits to mediagraph_definer;

      create function observe_audits() returns table (running bigint, progress float8)
        language sql stable security definer set search_path = public, pg_temp as $$
          select count(*), avg(progress)::float8 from aeo_audits
          where status in ('PENDING', 'RUNNING')
        $$;
      alter function observe_audits owner to mediagraph_definer;
      revoke all on function observe_audits from public;
      grant execute on function observe_audits to mediagraph_server, mediagraph_worker;

      -- since when questions and answers are gone, and what had been found in them
      alter table aeo_audits
        add column answers_removed_at timestamptz,
        add column kept_results jsonb,
        add check ((answers_removed_at is null) = (kept_results is null));
      create index on aeo_audits (organization_id, finished_at) where answers_removed_at is null;
    `);
  }
}
