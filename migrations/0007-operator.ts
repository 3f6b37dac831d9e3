import { Migration } from '@mikro-orm/migrations';

/**
 * `mediagraph_operator` is as whom the operator's commands read across organizations: it cannot log in, may only
 * select, and only the owner of the tables may become it.
 */
export class Operator extends Migration {
  override name = '0007-operator';

  override up(): void {
    this.addSql(`
      do $$
      begin
        begin
          create role mediagraph_operator nologin;
        exception when duplicate_object or unique_violation then
          null; -- as in 0001: another database of the cluster was first
        end;
        execute format('grant mediagraph_operator to %I with inherit false, set true', current_user);
      end $$;
      grant usage on schema public, operations to mediagraph_operator;
      grant select on operations.workers to mediagraph_operator;

      -- Run after every migration, so that no table is left out of a backup.
      create function open_to_operator() returns void
        language plpgsql set search_path = public, pg_temp as $$
        declare tenant_table regclass;
        begin
          for tenant_table in
            select c.oid from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
              and not c.relispartition
              and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'operator')
          loop
            execute format(
              'create policy operator on %s for select to mediagraph_operator using (true)', tenant_table
            );
            execute format('grant select on %s to mediagraph_operator', tenant_table);
          end loop;
        end $$;
      revoke all on function open_to_operator from public;
      select open_to_operator();
    `);
  }
}
