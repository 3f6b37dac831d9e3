import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/**
 * Roles, tenancy, organizations and people.
 *
 * `mediagraph_server` and `mediagraph_worker` are what the two processes connect as: neither owns a table
 * nor bypasses row-level security. `mediagraph_definer` owns the few functions that must see across
 * organizations, and has a policy only on the tables that these read.
 */
export class Identity extends Migration {
  override name = '0001-identity';

  override up(): void {
    this.addSql(`
      do $$
      declare role_name text;
      begin
        foreach role_name in array array['mediagraph_server', 'mediagraph_worker', 'mediagraph_definer'] loop
          begin
            execute format('create role %I nologin', role_name);
          exception when duplicate_object or unique_violation then
            null; -- roles belong to the whole cluster; another of its databases was first
          end;
        end loop;
        execute format('grant mediagraph_definer to %I', current_user);
      end $$;

      revoke create on schema public from public;
      grant usage on schema public to mediagraph_server, mediagraph_worker, mediagraph_definer;
      -- owning a function in a schema needs this right; the role cannot log in
      grant create on schema public to mediagraph_definer;

      create extension if not exists btree_gist;

      create function app_organization() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.organization', true), '')::uuid;
      create function app_clients() returns uuid[] language sql stable parallel safe
        return nullif(current_setting('app.clients', true), '')::uuid[];
    `);

    this.addSql(`
      create table organizations (
        id uuid primary key default gen_random_uuid(),
        name text not null check (name <> ''),
        time_zone text not null,
        default_cpm numeric(12, 6) not null default 15 check (default_cpm >= 0),
        week_starts_on smallint not null default 1 check (week_starts_on in (0, 1)),
        rule_severities jsonb not null default '{}',
        created_at timestamptz not null default now()
      );
      ${tenantTable('organizations', 'ORGANIZATION', { organizationColumn: 'id' })}

      create table users (
        id uuid primary key default gen_random_uuid(),
        email_ciphertext text not null,
        email_index text not null unique,
        password_hash text not null,
        disabled_at timestamptz,
        created_at timestamptz not null default now()
      );

      create table memberships (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        user_id uuid not null references users,
        role text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'CLIENT')),
        client_ids uuid[] check ((client_ids is not null) = (role = 'CLIENT')),
        created_at timestamptz not null default now(),
        unique (organization_id, user_id)
      );
      create index on memberships (user_id);
      ${tenantTable('memberships', 'ORGANIZATION')}

      alter table users enable row level security;
      alter table users force row level security;
      create policy member on users to mediagraph_server, mediagraph_worker
        using (exists (select from memberships m where m.user_id = users.id));
      create policy newcomer on users for insert to mediagraph_server, mediagraph_worker with check (true);
      grant select, insert, update on users to mediagraph_server, mediagraph_worker;

      create table audit_log (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        user_id uuid references users,
        action text not null,
        entity_type text not null,
        entity_id uuid,
        before jsonb,
        after jsonb,
        ip inet,
        user_agent text,
        request_id text,
        at timestamptz not null default now()
      );
      create index on audit_log (organization_id, at desc);
      create index on audit_log (organization_id, entity_type, entity_id, at desc);
      create index on audit_log (user_id);
      ${tenantTable('audit_log', 'UNLIMITED_ONLY', { grants: 'select, insert' })}
      -- a viewer limited to some clients leaves a trace too, which it cannot read
      create policy trace on audit_log for insert to mediagraph_server, mediagraph_worker
        with check (organization_id = (select app_organization()));

      create table idempotency_keys (
        organization_id uuid not null references organizations,
        key text not null,
        operation text not null,
        input_hash text not null,
        entity_id uuid not null,
        created_at timestamptz not null default now(),
        primary key (organization_id, key)
      );
      ${tenantTable('idempotency_keys', 'UNLIMITED_ONLY', { grants: 'select, insert' })}
    `);

    this.addSql(`
      create policy definer on users to mediagraph_definer using (true);
      create policy definer on memberships to mediagraph_definer using (true);
      grant select on users, memberships to mediagraph_definer;

      -- What signing in needs before an organization is known.
      create function find_credentials(wanted_email_index text)
        returns table (user_id uuid, password_hash text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, u.password_hash from users u
          where u.email_index = wanted_email_index and u.disabled_at is null
        $$;

      -- Whether row-level security binds the role that asks.
      create function describe_role() returns table (role text, unbound boolean) language sql stable as $$
        select current_user::text,
          r.rolsuper or r.rolbypassrls or pg_has_role(current_user, t.relowner, 'member')
        from pg_roles r, pg_class t
        where r.rolname = current_user and t.oid = 'organizations'::regclass
      $$;

      alter function find_credentials owner to mediagraph_definer;
      revoke all on function find_credentials from public;
      grant execute on function find_credentials to mediagraph_server, mediagraph_worker;
    `);
  }
}
