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
