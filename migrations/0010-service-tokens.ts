import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

const grants = 'select, insert, update (revoked_at, revoked_by)';

/** Tokens by which machines call the API, and which of them did what. */
export class ServiceTokens extends Migration {
  override name = '0010-service-tokens';

  override up(): void {
    this.addSql(`
      create table service_tokens (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        name text not null check (length(name) between 1 and 255),
        -- SHA-256, without salt or work: who reads it cannot guess 256 random bits, as they could a password
        token_hash text not null unique,
        prefix text not null,
        scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['READ', 'INGEST']),
        -- the only clients that it sees, or null for all; what limits it to some loads nothing
        client_ids uuid[]
          check (client_ids is null or cardinality(client_ids) > 0 and scopes = array['READ']),
        allows_query_string boolean not null,
        expires_at timestamptz not null,
        created_by uuid not null references users,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        revoked_at timestamptz,
        revoked_by uuid references users,
        last_used_at timestamptz
      );
      create index on service_tokens (organization_id, created_at desc, id desc);
      ${tenantTable('service_tokens', 'UNLIMITED_ONLY', { grants })}

      alter table audit_log add service_token_id uuid references service_tokens;
      create index on audit_log (service_token_id) where service_token_id is not null;

      create policy definer on service_tokens to mediagraph_definer using (true) with check (true);
      grant select, update (last_used_at) on service_tokens to mediagraph_definer;

      -- A token that is valid by now. One that is limited to clients loses those that are disabled, and with the
      -- last of them is no way in, as a membership.
      create function find_service_token(wanted_hash text) returns table (
          id uuid, organization_id uuid, name text, scopes text[], client_ids uuid[],
          allows_query_string boolean, expires_at timestamptz, is_use_recorded boolean
        )
        language sql stable security definer set search_path = public, pg_temp as $$
          select t.id, t.organization_id, t.name, t.scopes, enabled.client_ids,
            t.allows_query_string, t.expires_at,
            coalesce(t.last_used_at > now() - interval '1 minute', false)
          from service_tokens t
          cross join lateral (
            select array_agg(c.id) as client_ids from clients c
            where c.id = any (t.client_ids) and c.organization_id = t.organization_id
              and c.status <> 'DISABLED'
          ) enabled
          where t.token_hash = wanted_hash and t.revoked_at is null and t.expires_at > now()
            and (t.client_ids is null or enabled.client_ids is not null)
        $$;

      -- Written once a minute at most, and apart from the look-up: reading stays reading.
      create function record_service_token_use(used_id uuid) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update service_tokens set last_used_at = now()
          where id = used_id and coalesce(last_used_at <= now() - interval '1 minute', true)
        $$;

      alter function find_service_token owner to mediagraph_definer;
      alter function record_service_token_use owner to mediagraph_definer;
      revoke all on function find_service_token, record_service_token_use from public;
      grant execute on function find_service_token, record_service_token_use to mediagraph_server;
    `);
  }
}
