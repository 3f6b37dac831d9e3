-- The database of an installation and the roles that log in to it: once, as an administrator, before the first migration.
--   OWNER_PASSWORD=... SERVER_PASSWORD=... WORKER_PASSWORD=... psql "$ADMIN_URL" --file deploy/postgres/roles.sql
-- Needs psql 14 or newer; docker-compose.yml lets the image of PostgreSQL run it.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv server_password SERVER_PASSWORD
\getenv worker_password WORKER_PASSWORD

-- Migrates, and owns all tables. Server and worker own none and are bound by row-level security.
create role mediagraph_owner login createrole password :'owner_password';
create role mediagraph_server login password :'server_password';
create role mediagraph_worker login password :'worker_password';

-- An administrator who is no superuser, as in managed databases, gives databases only to roles that it is in.
grant mediagraph_owner to current_user;
create database mediagraph owner mediagraph_owner;
revoke mediagraph_owner from current_user;

-- What PostgreSQL lets every role do, and a role of a BI tool must not: hold locks by any number, write large
-- objects and messages of the log. Only a superuser can take it away.
\connect mediagraph
do $$
declare builtin regprocedure;
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise warning 'Every role may hold advisory locks and write large objects: see docs/bi-sql.md before you make BI roles.';
    return;
  end if;
  for builtin in
    select oid from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace
      and (proname ~ '^pg_(try_)?advisory_'
        or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message'))
  loop
    execute format(
      'grant execute on function %s to mediagraph_owner, mediagraph_server, mediagraph_worker', builtin
    );
    execute format('revoke execute on function %s from public', builtin);
  end loop;
end $$;
