import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Files that jobs make, erasures, consents, and what erasing takes that nothing else may do. */
export class DataProtection extends Migration {
  override name = '0016-data-protection';

  override up(): void {
    this.addSql(`
      create table files (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid references clients,
        -- the person whom it is about, and who alone may then have asked for it, or an administrator
        user_id uuid references users,
        kind text not null,
        name text not null,
        content_type text not null,
        storage_key text not null unique,
        -- null while it is being made
        size_bytes bigint,
        sha256 text,
        requested_by uuid references users,
        job_run_id uuid references job_runs,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        expires_at timestamptz not null,
        check ((size_bytes is null) = (sha256 is null))
      );
      create index on files (organization_id, created_at desc, id desc);
      create index on files (client_id);
      create index on files (job_run_id);
      ${tenantTable('files', { clientColumn: 'client_id' })}
      -- what is of no client may be the viewer's own; whose it is, the application decides
      create policy of_no_client on files for select to mediagraph_server, mediagraph_worker
        using (organization_id = (select app_organization()) and client_id is null);

      alter table organizations add erasure_wait_days smallint not null default 30
        check (erasure_wait_days between 1 and 90);

      create table erasures (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        subject text not null check (subject in ('CLIENT', 'USER')),
        -- references nothing: it outlives what it names
        subject_id uuid not null,
        -- the client's, to be put back where the erasure is cancelled
        status_before text,
        requested_by uuid not null references users,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        due_at timestamptz not null,
        cancelled_at timestamptz,
        cancelled_by uuid references users,
        started_at timestamptz,
        job_run_id uuid references job_runs,
        completed_at timestamptz,
        -- rows erased by table, so far
        counts jsonb not null default '{}',
        certificate_hash text,
        check ((status_before is null) = (subject = 'USER')),
        check (cancelled_at is null or started_at is null),
        check ((certificate_hash is null) = (completed_at is null))
      );
      create index on erasures (organization_id, created_at desc, id desc);
      create index on erasures (job_run_id);
      create unique index erasures_open on erasures (organization_id, subject, subject_id)
        where cancelled_at is null and completed_at is null;
      ${tenantTable('erasures', 'UNLIMITED_ONLY', { grants: 'select, insert, update' })}
      -- who is limited to clients may be the one who is to be erased; whose it is, the application decides
      create policy of_people on erasures for select to mediagraph_server, mediagraph_worker
        using (organization_id = (select app_organization()) and subject = 'USER');

      -- What people agreed to. What they did before is in the audit log.
      create table consents (
        user_id uuid not null references users,
        purpose text not null check (purpose in ('PRODUCT_MAILS', 'ANALYTICS')),
        -- of the privacy notice that they were shown
        notice_version text not null,
        given_at timestamptz not null,
        withdrawn_at timestamptz,
        primary key (user_id, purpose)
      );
      alter table consents enable row level security;
      alter table consents force row level security;
      create policy member on consents to mediagraph_server, mediagraph_worker
        using (exists (select from memberships m where m.user_id = consents.user_id));
      grant select, insert, update on consents to mediagraph_server, mediagraph_worker;
    `);

    this.addSql(`
      -- What is erased is found by its client, and what refers to it is looked for row by row.
      create index on source_objects (client_id);
      create index on source_objects (sha256);
      create index on ingestion_runs (client_id);
      create index on run_slices (client_id);
      create index on slices (run_slice_id);
      create index on rejected_rows (client_id);
      create index on rejected_rows (object_id);
      create index on media_aliases (client_id);
      create index on applied_rates (client_id);
      create index on schedules (client_id);

      grant delete on fact_changes, idempotency_keys to mediagraph_worker;
      -- a token whose last client is gone has none: as null it would have all of them
      alter table service_tokens drop constraint service_tokens_check;
      alter table service_tokens add constraint service_tokens_clients check (
        client_ids is null
        or scopes = array['READ'] and (cardinality(client_ids) > 0 or revoked_at is not null)
      );
      grant update (client_ids) on service_tokens to mediagraph_worker;

      -- Of somebody who was erased a row stays that tells nothing, for what refers to it.
      alter table users add erased_at timestamptz;
    `);

    this.addSql(`
      create policy definer on source_objects for select to mediagraph_definer using (true);
      create policy definer on erasures for select to mediagraph_definer using (true);
      create policy definer on consents to mediagraph_definer using (true);
      create policy definer_erases on mails to mediagraph_definer using (true);
      create policy definer on files to mediagraph_definer using (true);
      create policy definer_redacts on audit_log for update to mediagraph_definer using (true);
      create policy definer_holds on organizations for update to mediagraph_definer using (true);
      grant select on source_objects, erasures, audit_log to mediagraph_definer;
      grant select, delete on consents, mails to mediagraph_definer;
      grant select, update (expires_at) on files to mediagraph_definer;
      grant delete on sessions, memberships, second_factors, openid_identities, invitations, password_resets
        to mediagraph_definer;
      grant update on users to mediagraph_definer;
      grant update (erasure_wait_days) on organizations to mediagraph_definer;
      grant update (entity_id, before, after, ip, user_agent) on audit_log to mediagraph_definer;

      -- Whether an erasure runs: nothing below does anything without one.
      create function require_erasure(of_subject text, of_id uuid) returns void
        language plpgsql stable set search_path = public, pg_temp as $$
        begin
          if not exists (
            select from erasures
            where subject = of_subject and subject_id = of_id and organization_id = app_organization()
              and started_at is not null and completed_at is null
          ) then
            raise exception 'no erasure of % % runs', of_subject, of_id using errcode = 'insufficient_privilege';
          end if;
        end $$;

      -- Those of archived objects that clients beside this one have, of whichever organization: one content is kept once.
      create function archived_for_others(hashes text[], of_client uuid) returns table (sha256 text)
        language sql stable security definer set search_path = public, pg_temp as $$
          select distinct o.sha256 from source_objects o where o.sha256 = any (hashes) and o.client_id <> of_client
        $$;

      -- The audit log keeps who did what kind of thing when, without what it was called and without the client.
      create function redact_client(of_client uuid) returns bigint
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare redacted bigint;
        begin
          perform require_erasure('CLIENT', of_client);
          -- of nothing but a client, whatever an erasure says that it is of
          if not exists (select from clients where id = of_client and organization_id = app_organization()) then
            raise exception 'no client %', of_client using errcode = 'insufficient_privilege';
          end if;
          update audit_log set before = null, after = null, entity_id = nullif(entity_id, of_client)
          where organization_id = app_organization() and ((entity_type, entity_id) in (
            select 'Client', of_client
            union all select 'Feed', id from feeds where client_id = of_client
            union all select 'Campaign', id from campaigns where client_id = of_client
            union all select 'RateCard', id from rate_cards where client_id = of_client
            union all select 'File', id from files where client_id = of_client
          ) or entity_type = 'PlatformCredential' and coalesce(before, after) ->> 'clientId' = of_client::text)
            and (entity_id = of_client or before is not null or after is not null);
          get diagnostics redacted = row_count;
          -- lists of clients that members, invitations and tokens see
          update audit_log set
            before = replace(before::text, of_client::text, 'erased')::jsonb,
            after = replace(after::text, of_client::text, 'erased')::jsonb
          where organization_id = app_organization()
            and concat(before::text, after::text) like '%' || of_client || '%';
          return redacted;
        end $$;
      create policy definer on campaigns for select to mediagraph_definer using (true);
      create policy definer on rate_cards for select to mediagraph_definer using (true);
      grant select on campaigns, rate_cards to mediagraph_definer;

      -- Whether some organization would be without an owner who can sign in.
      create function is_last_owner(of_user uuid, everywhere boolean) returns boolean
        language sql stable security definer set search_path = public, pg_temp as $$
          select exists (
            select from memberships own
            where own.user_id = of_user and own.role = 'OWNER'
              and (everywhere or own.organization_id = app_organization())
              and not exists (
                select from memberships m join users u on u.id = m.user_id
                where m.organization_id = own.organization_id and m.role = 'OWNER' and m.user_id <> of_user
                  and m.disabled_at is null and u.disabled_at is null
              )
          )
        $$;

      -- Takes a user out of this organization or, where they asked for it themselves, of all; with their last place
      -- goes their account.
      create function erase_user(of_user uuid, everywhere boolean, nothing_encrypted text) returns jsonb
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare
          here uuid := app_organization();
          own_index text := (select email_index from users where id = of_user);
          letters uuid[];
          counts jsonb := '{}';
          n bigint;
        begin
          perform require_erasure('USER', of_user);
          -- who changes memberships takes turns
          perform from organizations o where o.id in (
            select organization_id from memberships where user_id = of_user and (everywhere or organization_id = here)
          ) order by o.id for no key update;
          if is_last_owner(of_user, everywhere) then
            raise exception 'the last owner stays' using errcode = 'restrict_violation';
          end if;

          select array_agg(mail_id) into letters from (
            select mail_id from password_resets where user_id = of_user and (everywhere or organization_id = here)
            union all
            select mail_id from invitations
            where (accepted_by = of_user or email_index = own_index) and (everywhere or organization_id = here)
          ) sent;
          delete from password_resets where user_id = of_user and (everywhere or organization_id = here);
          get diagnostics n = row_count; counts := counts || jsonb_build_object('password_resets', n);
          delete from invitations
          where (accepted_by = of_user or email_index = own_index) and (everywhere or organization_id = here);
          get diagnostics n = row_count; counts := counts || jsonb_build_object('invitations', n);
          delete from mails where id = any (letters)
            or about_id in (select id from files where user_id = of_user or requested_by = of_user)
            or about_id in (select id from erasures where subject_id = of_user and organization_id = here);
          get diagnostics n = row_count; counts := counts || jsonb_build_object('mails', n);
          delete from sessions where user_id = of_user and (everywhere or organization_id = here);
          get diagnostics n = row_count; counts := counts || jsonb_build_object('sessions', n);
          with gone as (
            delete from memberships where user_id = of_user and (everywhere or organization_id = here)
            returning organization_id
          ), told as (
            -- the certificate is told here; elsewhere, that it happened
            insert into audit_log (organization_id, action, entity_type, entity_id)
            select organization_id, 'ERASE', 'User', of_user from gone where organization_id <> here
          )
          select count(*) into n from gone;
          counts := counts || jsonb_build_object('memberships', n);
          -- one that was being made meanwhile; those of other organizations go with their next upkeep
          update files set expires_at = least(expires_at, now())
          where user_id = of_user and (everywhere or organization_id = here);
          update audit_log set ip = null, user_agent = null
          where (user_id = of_user or entity_type = 'User' and entity_id = of_user)
            and (everywhere or organization_id = here) and (ip is not null or user_agent is not null);

          if not exists (select from memberships where user_id = of_user) then
            delete from second_factors where user_id = of_user;
            get diagnostics n = row_count; counts := counts || jsonb_build_object('second_factors', n);
            delete from openid_identities where user_id = of_user;
            get diagnostics n = row_count; counts := counts || jsonb_build_object('openid_identities', n);
            delete from consents where user_id = of_user;
            get diagnostics n = row_count; counts := counts || jsonb_build_object('consents', n);
            update files set expires_at = least(expires_at, now()) where user_id = of_user;
            update users set email_ciphertext = nothing_encrypted, email_index = 'erased ' || id,
              name_ciphertext = null, password_hash = '', disabled_at = coalesce(disabled_at, now()),
              erased_at = now()
            where id = of_user and erased_at is null;
            get diagnostics n = row_count; counts := counts || jsonb_build_object('users', n);
          end if;
          return counts;
        end $$;

      alter function archived_for_others owner to mediagraph_definer;
      alter function redact_client owner to mediagraph_definer;
      alter function is_last_owner owner to mediagraph_definer;
      alter function erase_user owner to mediagraph_definer;
      revoke all on function archived_for_others, redact_client, is_last_owner, erase_user from public;
      grant execute on function archived_for_others, redact_client, erase_user to mediagraph_worker;
      grant execute on function is_last_owner to mediagraph_server, mediagraph_worker, mediagraph_definer;
      grant execute on function require_erasure to mediagraph_definer;
    `);
  }
}
