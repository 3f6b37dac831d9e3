import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Mails, the links that they carry, and what of people is encrypted. */
export class Mail extends Migration {
  override name = '0013-mail';

  override up(): void {
    this.addSql(`
      alter table users add name_ciphertext text;

      create index on memberships (organization_id, created_at desc, id desc);

      create table mails (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        kind text not null,
        -- the invitation or the like that it is about: once that has ended, it need not be sent
        about_id uuid not null,
        -- recipient and content, links included; gone once the mail is
        letter_ciphertext text,
        status text not null default 'QUEUED'
          check (status in ('QUEUED', 'SENT', 'FAILED', 'CANCELLED')),
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        check ((letter_ciphertext is null) = (status in ('SENT', 'CANCELLED')))
      );
      create index on mails (organization_id);
      create index on mails (about_id) where status = 'QUEUED';
      ${tenantTable('mails', 'UNLIMITED_ONLY', { grants: 'select, insert, update' })}

      create table invitations (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        email_ciphertext text not null,
        email_index text not null,
        role text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'CLIENT')),
        client_ids uuid[] check ((client_ids is not null) = (role = 'CLIENT')),
        -- SHA-256, as of service tokens: nobody guesses 256 random bits
        token_hash text not null unique,
        mail_id uuid not null references mails,
        invited_by uuid references users,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        expires_at timestamptz not null,
        accepted_at timestamptz,
        accepted_by uuid references users,
        revoked_at timestamptz,
        check (accepted_at is null or revoked_at is null)
      );
      create index on invitations (organization_id, created_at desc, id desc);
      create unique index invitations_open on invitations (organization_id, email_index)
        where accepted_at is null and revoked_at is null;
      ${tenantTable('invitations', 'UNLIMITED_ONLY', { grants: 'select, insert, update' })}

      create table password_resets (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        user_id uuid not null references users,
        token_hash text not null unique,
        mail_id uuid not null references mails,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        -- used, or void since another one was
        ended_at timestamptz
      );
      create index on password_resets (organization_id);
      create index on password_resets (user_id) where ended_at is null;
      ${tenantTable('password_resets', 'UNLIMITED_ONLY', { grants: 'select, insert, update' })}
    `);

    this.addSql(`
      create policy definer on invitations to mediagraph_definer using (true);
      create policy definer on password_resets to mediagraph_definer using (true);
      grant select on invitations to mediagraph_definer;
      grant select, update (ended_at) on password_resets to mediagraph_definer;

      -- Where a link leads, for who has no more than that.
      create function find_invitation(wanted_hash text) returns table (id uuid, organization_id uuid)
        language sql stable security definer set search_path = public, pg_temp as $$
          select i.id, i.organization_id from invitations i where i.token_hash = wanted_hash
        $$;
      create function find_password_reset(wanted_hash text) returns table (id uuid, organization_id uuid)
        language sql stable security definer set search_path = public, pg_temp as $$
          select r.id, r.organization_id from password_resets r where r.token_hash = wanted_hash
        $$;

      -- Whether an email is somebody's already, in any organization.
      create function find_account(wanted_email_index text) returns table (user_id uuid, is_disabled boolean)
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, u.disabled_at is not null from users u where u.email_index = wanted_email_index
        $$;

      -- A password that was set ends what the one before opened, and makes all links that would set another void,
      -- in whichever organization.
      create function settle_password_change(of_user uuid) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update password_resets set ended_at = now() where user_id = of_user and ended_at is null;
          update sessions set ended_at = now(), ending = 'PASSWORD_CHANGED'
          where user_id = of_user and ended_at is null;
        $$;

      alter function find_invitation owner to mediagraph_definer;
      alter function find_password_reset owner to mediagraph_definer;
      alter function find_account owner to mediagraph_definer;
      alter function settle_password_change owner to mediagraph_definer;
      revoke all on function
        find_invitation, find_password_reset, find_account, settle_password_change from public;
      grant execute on function
        find_invitation, find_password_reset, find_account, settle_password_change to mediagraph_server;
    `);

    this.addSql(`
      grant update (email_ciphertext, name_ciphertext) on users to mediagraph_definer;
      alter policy definer on users with check (true);

      -- Values of a table that belongs to no organization which are not under a key of encryption.
      create function stale_ciphertexts(
          of_table text, key_column text, of_column text, key_id text, after uuid, most integer
        ) returns table (id uuid, ciphertext text)
        language plpgsql stable security definer set search_path = public, pg_temp as $$
        begin
          return query execute format(
            'select t.%2$I, t.%3$I from %1$I t
             where split_part(t.%3$I, ''.'', 1) <> $1 and ($2 is null or t.%2$I > $2) order by 1 limit $3',
            of_table, key_column, of_column
          ) using key_id, after, most;
        end $$;

      -- Each is replaced only where it still is what was re-encrypted: a change meanwhile stands.
      create function renew_ciphertexts(
          of_table text, key_column text, of_column text, ids uuid[], olds text[], news text[]
        ) returns void
        language plpgsql security definer set search_path = public, pg_temp as $$
        begin
          execute format(
            'update %1$I t set %3$I = renewed.value
             from unnest($1, $2, $3) as renewed (id, was, value)
             where t.%2$I = renewed.id and t.%3$I = renewed.was',
            of_table, key_column, of_column
          ) using ids, olds, news;
        end $$;

      alter function stale_ciphertexts owner to mediagraph_definer;
      alter function renew_ciphertexts owner to mediagraph_definer;
      revoke all on function stale_ciphertexts, renew_ciphertexts from public;
      grant execute on function stale_ciphertexts, renew_ciphertexts to mediagraph_worker;
    `);
  }
}
