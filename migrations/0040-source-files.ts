import { Migration } from '@mikro-orm/migrations';

/** Fetched files that are kept for a while, and turns on what is done once for all organizations. */
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
  }
}
