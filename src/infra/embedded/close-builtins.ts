import type { Client } from 'pg';

/**
 * Take from everybody what PostgreSQL lets every role do: hold locks by any number, write large objects and
 * messages of the log. Our own roles keep it; those of BI tools, whose SQL is anybody's, must not have it.
 *
 * Done for other installations by deploy/postgres/roles.sql.
 *
 * @param client in the database, as a superuser.
 */
export async function closeBuiltins(client: Client): Promise<void> {
  await client.query(`
    do $$
    declare builtin regprocedure;
    begin
      for builtin in
        select oid from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and (proname ~ '^pg_(try_)?advisory_'
            or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message'))
          and has_function_privilege('public', oid, 'execute')
      loop
        execute format(
          'grant execute on function %s to mediagraph_owner, mediagraph_server, mediagraph_worker', builtin
        );
        execute format('revoke execute on function %s from public', builtin);
      end loop;
    end $$`);
}
