import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

const sessionGrants =
  'select, insert, delete, update (ip, user_agent, last_used_at, expires_at, ended_at, ended_by, ending)';

/** Sessions of people with the tokens that renew them, second factors, and members who may not come in. */
export class Sessions extends Migration {
  override name = '0012-sessions';

  override up(): void {
    this.addSql(`
      alter table organizations add requires_second_factor boolean not null default false;
      -- who may not sign in for now keeps their place
      alter table memberships add disabled_at timestamptz;

      create table sessions (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        user_id uuid not null references users,
        -- as they were when it was last renewed
        ip inet,
        user_agent text,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        last_used_at timestamptz not null default date_trunc('milliseconds', now()),
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_by uuid references users,
        ending text check (
          ending in (
            'SIGNED_OUT', 'REVOKED', 'REFRESH_REUSED', 'PASSWORD_CHANGED', 'USER_DEACTIVATED', 'CLIENT_DISABLED',
            'OPERATOR'
          )
        ),
        check ((ending is null) = (ended_at is null))
      );
      create index on sessions (organization_id, created_at desc, id desc);
      create index on sessions (user_id, created_at desc, id desc);
      ${tenantTable('sessions', 'ORGANIZATION', { grants: sessionGrants })}

      -- Every token that ever renewed a session, so that one that comes back is known for what it is.
      create table refresh_tokens (
        -- SHA-256, without salt or work: who reads it cannot guess 256 random bits
        token_hash text primary key,
        session_id uuid not null references sessions on delete cascade,
        organization_id uuid not null references organizations,
        -- when it was traded for the next one
        used_at timestamptz
      );
      create index on refresh_tokens (session_id);
      ${tenantTable('refresh_tokens', 'ORGANIZATION', { grants: 'select, insert, update (used_at)' })}

      create table second_factors (
        user_id uuid primary key references users,
        secret_ciphertext text not null,
        created_at timestamptz not null default now(),
        -- null while nobody has shown a code of it
        confirmed_at timestamptz,
        -- the 30 seconds that the last code was of: none of them or before is taken again
        last_step bigint,
        -- SHA-256 of 80 random bits each; one that is used is gone
        recovery_hashes text[] not null default '{}'
      );
      -- Who signs in with a provider: their own id there, which was bound to them by an email that it vouched for.
      create table openid_identities (
        issuer text not null,
        subject text not null,
        user_id uuid not null references users,
        created_at timestamptz not null default now(),
        primary key (issuer, subject),
        unique (user_id, issuer)
      );
      alter table openid_identities enable row level security;
      alter table openid_identities force row level security;
      create policy member on openid_identities for select to mediagraph_server, mediagraph_worker
        using (exists (select from memberships m where m.user_id = openid_identities.user_id));
      grant select on openid_identities to mediagraph_server, mediagraph_worker;

      alter table second_factors enable row level security;
      alter table second_factors force row level security;
      create policy member on second_factors to mediagraph_server, mediagraph_worker
        using (exists (select from memberships m where m.user_id = second_factors.user_id));
      grant select, insert, update, delete on second_factors to mediagraph_server, mediagraph_worker;
    `);

    this.addSql(`
      create policy definer on sessions to mediagraph_definer using (true) with check (true);
      create policy definer on refresh_tokens for select to mediagraph_definer using (true);
      create policy definer on openid_identities to mediagraph_definer using (true) with check (true);
      grant select, insert on openid_identities to mediagraph_definer;
      create policy definer on second_factors to mediagraph_definer using (true) with check (true);
      create policy definer on organizations for select to mediagraph_definer using (true);
      grant select, update (ended_at, ending) on sessions to mediagraph_definer;
      -- for renewing what is encrypted: the table belongs to no organization
      grant update (secret_ciphertext) on second_factors to mediagraph_definer;
      grant update (revoked_at) on service_tokens to mediagraph_definer;
      grant select on refresh_tokens, second_factors, organizations to mediagraph_definer;

      -- As in 0002, and without those whom their organization lets in no more.
      create or replace function find_memberships(wanted_user_id uuid)
        returns table (user_id uuid, organization_id uuid, role text, client_ids uuid[], email_ciphertext text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, m.organization_id, m.role, enabled.client_ids, u.email_ciphertext
          from users u
          join memberships m on m.user_id = u.id
          cross join lateral (
            select array_agg(c.id) as client_ids from clients c
            where c.id = any (m.client_ids) and c.status <> 'DISABLED'
          ) enabled
          where u.id = wanted_user_id and u.disabled_at is null and m.disabled_at is null
            and (m.client_ids is null or enabled.client_ids is not null)
          order by m.created_at, m.id
        $$;

      -- Whom a session that stands is of, by now: what every request of a person asks.
      create function find_session_member(of_session uuid)
        returns table (
          user_id uuid, organization_id uuid, role text, client_ids uuid[], email_ciphertext text, must_enrol boolean
        )
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, m.organization_id, m.role, enabled.client_ids, u.email_ciphertext,
            o.requires_second_factor and not exists (
              select from second_factors f where f.user_id = u.id and f.confirmed_at is not null
            )
          from sessions s
          join users u on u.id = s.user_id
          join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id
          join organizations o on o.id = s.organization_id
          cross join lateral (
            select array_agg(c.id) as client_ids from clients c
            where c.id = any (m.client_ids) and c.status <> 'DISABLED'
          ) enabled
          where s.id = of_session and s.ended_at is null and s.expires_at > now()
            and u.disabled_at is null and m.disabled_at is null
            and (m.client_ids is null or enabled.client_ids is not null)
        $$;

      -- Where a user may come in.
      create function find_organizations(of_user uuid) returns setof organizations
        language sql stable security definer set search_path = public, pg_temp as $$
          select o.* from find_memberships(of_user) with ordinality m
          join organizations o on o.id = m.organization_id order by m.ordinality
        $$;

      -- Whose session a token renews, or once renewed.
      create function find_refresh_token(wanted_hash text) returns table (session_id uuid, organization_id uuid)
        language sql stable security definer set search_path = public, pg_temp as $$
          select t.session_id, t.organization_id from refresh_tokens t where t.token_hash = wanted_hash
        $$;

      -- The user whom a provider vouches for. Who is new there is bound, once, to the account of their email.
      create function find_openid_user(of_issuer text, of_subject text, of_email_index text)
        returns table (user_id uuid)
        language sql security definer set search_path = public, pg_temp as $$
          with bound as (
            insert into openid_identities (issuer, subject, user_id)
            select of_issuer, of_subject, u.id from users u
            where u.email_index = of_email_index and u.disabled_at is null
            on conflict do nothing
            returning openid_identities.user_id
          ), recorded as (
            insert into audit_log (organization_id, user_id, action, entity_type, entity_id, after)
            select m.organization_id, m.user_id, 'BIND_IDENTITY', 'User', m.user_id,
              jsonb_build_object('issuer', of_issuer)
            from bound join memberships m on m.user_id = bound.user_id
          )
          select bound.user_id from bound
          union
          select i.user_id from openid_identities i where i.issuer = of_issuer and i.subject = of_subject
        $$;

      -- Of what sockets were opened with, what stands no more.
      create function find_ended(session_ids uuid[], service_token_ids uuid[]) returns table (id uuid)
        language sql stable security definer set search_path = public, pg_temp as $$
          select given.id from unnest(session_ids) given (id)
          where not exists (
            select from sessions s
            join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id
            where s.id = given.id and s.ended_at is null and s.expires_at > now() and m.disabled_at is null
          )
          union all
          select given.id from unnest(service_token_ids) given (id)
          where not exists (
            select from service_tokens t
            where t.id = given.id and t.revoked_at is null and t.expires_at > now()
          )
        $$;

      -- A wrong password leaves a trace with whom it was tried on; an unknown email has nobody.
      create function record_failed_sign_in(
        of_email_index text, what text, from_ip inet, with_user_agent text, in_request text
      ) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into audit_log (organization_id, action, entity_type, entity_id, after, ip, user_agent, request_id)
          select m.organization_id, 'SIGN_IN_FAILED', 'User', u.id, jsonb_build_object('wrong', what),
            from_ip, with_user_agent, in_request
          from users u join memberships m on m.user_id = u.id
          where u.email_index = of_email_index
        $$;

      -- The operator's: ends the sessions of an organization, or of all, and says so in their audit logs.
      create function end_sessions(of_organization uuid) returns bigint
        language sql security definer set search_path = public, pg_temp as $$
          with ended as (
            update sessions set ended_at = now(), ending = 'OPERATOR'
            where ended_at is null and expires_at > now()
              and (of_organization is null or organization_id = of_organization)
            returning organization_id
          ), counted as (
            select organization_id, count(*) as sessions from ended group by organization_id
          ), recorded as (
            insert into audit_log (organization_id, action, entity_type, entity_id, after, user_agent)
            select organization_id, 'REVOKE_SESSIONS', 'Organization', organization_id,
              jsonb_build_object('sessions', sessions), 'operator'
            from counted
          )
          select coalesce(sum(sessions), 0)::bigint from counted
        $$;

      -- The same of service tokens.
      create function end_service_tokens(of_organization uuid) returns bigint
        language sql security definer set search_path = public, pg_temp as $$
          with ended as (
            update service_tokens set revoked_at = now()
            where revoked_at is null and expires_at > now()
              and (of_organization is null or organization_id = of_organization)
            returning id, organization_id
          ), recorded as (
            insert into audit_log (organization_id, action, entity_type, entity_id, user_agent)
            select organization_id, 'REVOKE', 'ServiceToken', id, 'operator' from ended
          )
          select count(*) from ended
        $$;

      alter function find_session_member owner to mediagraph_definer;
      alter function find_organizations owner to mediagraph_definer;
      alter function find_refresh_token owner to mediagraph_definer;
      alter function find_openid_user owner to mediagraph_definer;
      alter function find_ended owner to mediagraph_definer;
      alter function record_failed_sign_in owner to mediagraph_definer;
      alter function end_sessions owner to mediagraph_definer;
      alter function end_service_tokens owner to mediagraph_definer;
      revoke all on function find_session_member, find_organizations, find_refresh_token, find_openid_user,
        find_ended, record_failed_sign_in, end_sessions, end_service_tokens from public;
      grant execute on function find_session_member, find_organizations, find_refresh_token, find_openid_user,
        find_ended, record_failed_sign_in to mediagraph_server;
    `);
  }
}
