import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Emergencies, in which nobody does anything without a second factor; notices of breaches. */
export class Emergency extends Migration {
  override name = '0017-emergency';

  override up(): void {
    this.addSql(`
      -- The installation's emergencies, those of the past too. One ends by itself where it says until when it lasts.
      create table operations.emergencies (
        id uuid primary key default gen_random_uuid(),
        reason text not null,
        started_at timestamptz not null default now(),
        until timestamptz,
        ended_at timestamptz
      );
      create unique index emergencies_open on operations.emergencies ((true)) where ended_at is null;
      -- Who may come in without a second factor, to set one up.
      create table operations.emergency_guests (
        emergency_id uuid not null references operations.emergencies,
        user_id uuid not null references users,
        primary key (emergency_id, user_id)
      );
      create index on operations.emergency_guests (user_id);
      grant select, insert, update (reason, until, ended_at) on operations.emergencies to mediagraph_definer;
      grant select on operations.emergency_guests to mediagraph_definer;

      -- The emergency that made a pause, and ends it; no reference, since a backup holds pauses and no emergencies.
      alter table queue_pauses add emergency_id uuid;
    `);

    this.addSql(`
      create function present_emergency() returns table (id uuid, reason text, started_at timestamptz, until timestamptz)
        language sql stable security definer set search_path = public, pg_temp as $$
          select e.id, e.reason, e.started_at, e.until from operations.emergencies e
          where e.ended_at is null and (e.until is null or e.until > now())
        $$;

      -- Whether an emergency keeps a user out: who has no second factor, and was not let in to set one up.
      create function is_kept_out(of_user uuid) returns boolean
        language sql stable security definer set search_path = public, pg_temp as $$
          select exists (
            select from present_emergency() e
            where not exists (
              select from second_factors f where f.user_id = of_user and f.confirmed_at is not null
            ) and not exists (
              select from operations.emergency_guests g where g.emergency_id = e.id and g.user_id = of_user
            )
          )
        $$;

      create function record_for_all(what text, details jsonb) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into audit_log (organization_id, action, entity_type, entity_id, after, user_agent)
          select o.id, what, 'Organization', o.id, details, 'operator' from organizations o
        $$;

      -- Begins an emergency or, while one lasts, gives it another reason and end: pauses queues ('*' is all of them) and
      -- ends all sessions. Pauses that were there before stay whose they are.
      create function begin_emergency(why text, lasting_until timestamptz, queues text[]) returns bigint
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare emergency uuid;
        begin
          perform settle_emergency();
          insert into operations.emergencies (reason, until) values (why, lasting_until)
            on conflict ((true)) where ended_at is null
            do update set reason = excluded.reason, until = excluded.until
            returning id into emergency;
          delete from queue_pauses where emergency_id = emergency and queue <> all (queues);
          insert into queue_pauses (queue, reason, halts_running, emergency_id)
            select queue, why, true, emergency from unnest(queues) queue
            on conflict (queue, organization_id) do nothing;
          perform record_for_all('BEGIN_EMERGENCY', jsonb_build_object('reason', why, 'until', lasting_until));
          return end_sessions(null);
        end $$;

      -- Ends the emergency, and with it the pauses that it made.
      create function end_emergency() returns boolean
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare emergency uuid;
        begin
          update operations.emergencies set ended_at = least(now(), until) where ended_at is null
            returning id into emergency;
          if emergency is null then return false; end if;
          delete from queue_pauses where emergency_id = emergency and organization_id is null;
          perform record_for_all('END_EMERGENCY', null);
          return true;
        end $$;

      -- Ends one whose time is over.
      create function settle_emergency() returns boolean
        language sql security definer set search_path = public, pg_temp as $$
          select case
            when exists (select from operations.emergencies where ended_at is null and until <= now())
            then end_emergency() else false end
        $$;

      -- What processes look at all the time.
      create function watch_emergency() returns table (reason text, started_at timestamptz, until timestamptz)
        language plpgsql security definer set search_path = public, pg_temp as $$
        begin
          perform settle_emergency();
          return query select e.reason, e.started_at, e.until from present_emergency() e;
        end $$;

      -- For a process whose configuration says so: one that lasts already is left as it is.
      create function begin_configured_emergency() returns void
        language plpgsql security definer set search_path = public, pg_temp as $$
        begin
          if not exists (select from present_emergency()) then
            perform begin_emergency('EMERGENCY_MODE is set', null, '{*}');
          end if;
        end $$;

      -- As in 0003; a pause that an emergency made is its operator's own from now on.
      create or replace function pause_queue(which text, why text, halting boolean) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into queue_pauses (queue, reason, halts_running) values (which, why, halting)
          on conflict (queue, organization_id) do update
            set reason = excluded.reason, halts_running = excluded.halts_running, emergency_id = null
        $$;

      -- As in 0012, without those whom an emergency keeps out; whom it lets in have to enrol.
      create or replace function find_session_member(of_session uuid)
        returns table (
          user_id uuid, organization_id uuid, role text, client_ids uuid[], email_ciphertext text, must_enrol boolean
        )
        language sql stable security definer set search_path = public, pg_temp as $$
          select u.id, m.organization_id, m.role, enabled.client_ids, u.email_ciphertext, factor.is_lacking
          from sessions s
          join users u on u.id = s.user_id
          join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id
          join organizations o on o.id = s.organization_id
          left join operations.emergencies e on e.ended_at is null and (e.until is null or e.until > now())
          cross join lateral (
            select array_agg(c.id) as client_ids from clients c
            where c.id = any (m.client_ids) and c.status <> 'DISABLED'
          ) enabled
          cross join lateral (
            select (o.requires_second_factor or e.id is not null) and not exists (
              select from second_factors f where f.user_id = u.id and f.confirmed_at is not null
            ) as is_lacking
          ) factor
          where s.id = of_session and s.ended_at is null and s.expires_at > now()
            and u.disabled_at is null and m.disabled_at is null
            and (m.client_ids is null or enabled.client_ids is not null)
            and (e.id is null or not factor.is_lacking or exists (
              select from operations.emergency_guests g where g.emergency_id = e.id and g.user_id = u.id
            ))
        $$;
    `);

    this.addSql(`
      create table breach_notices (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        -- SHA-256 of subject and text: the same notice goes to nobody twice
        notice_hash text not null,
        subject text not null,
        user_id uuid not null references users,
        mail_id uuid not null references mails,
        created_at timestamptz not null default now(),
        unique (organization_id, notice_hash, user_id)
      );
      create index on breach_notices (user_id);
      create index on breach_notices (mail_id);
      ${tenantTable('breach_notices', 'UNLIMITED_ONLY', { grants: 'select, insert' })}
    `);

    this.addSql(`
      create index on sessions (ended_by) where ended_by is not null;
      create index sessions_over on sessions ((coalesce(ended_at, expires_at)));
      grant delete on sessions to mediagraph_definer;

      -- Sessions that ended long ago, whoever's they are; a batch, since a backlog may be long.
      create function drop_old_sessions(kept interval, most integer) returns bigint
        language sql security definer set search_path = public, pg_temp as $$
          with dropped as (
            delete from sessions where id in (
              select id from sessions where coalesce(ended_at, expires_at) < now() - greatest(kept, interval '30 days')
              order by coalesce(ended_at, expires_at) limit most for update skip locked
            ) returning 1
          )
          select count(*) from dropped
        $$;

      -- whether there was one of it, however that ended
      drop index mails_about_id_idx;
      create index on mails (about_id);
      create policy definer on mails to mediagraph_definer using (true) with check (true);
      grant select (about_id, kind, status), update (status, ended_at, letter_ciphertext) on mails to mediagraph_definer;

      -- As in 0014, and without the mails of links that are void by it.
      create or replace function settle_password_change(of_user uuid) returns void
        language sql security definer set search_path = public, pg_temp as $$
          update mails set status = 'CANCELLED', ended_at = now(), letter_ciphertext = null
          where kind = 'PASSWORD_RESET' and status in ('QUEUED', 'FAILED')
            and about_id in (select id from password_resets where user_id = of_user and ended_at is null);
          update password_resets set ended_at = now() where user_id = of_user and ended_at is null;
          update sessions set ended_at = now(), ending = 'PASSWORD_CHANGED'
          where user_id = of_user and ended_at is null and expires_at > now();
        $$;

      -- Tickets of OpenID that were traded, for as long as they could be traded again.
      create table operations.used_tickets (
        id uuid primary key,
        used_at timestamptz not null default now()
      );
      create index on operations.used_tickets (used_at);
      grant select, insert, delete on operations.used_tickets to mediagraph_definer;

      -- Whether a ticket is traded for the first time.
      create function use_ticket(ticket uuid) returns boolean
        language sql security definer set search_path = public, pg_temp as $$
          delete from operations.used_tickets where used_at < now() - interval '10 minutes';
          with used as (
            insert into operations.used_tickets (id) values (ticket) on conflict do nothing returning 1
          )
          select exists (select from used);
        $$;
    `);

    this.addSql(`
      alter function present_emergency owner to mediagraph_definer;
      alter function is_kept_out owner to mediagraph_definer;
      alter function record_for_all owner to mediagraph_definer;
      alter function begin_emergency owner to mediagraph_definer;
      alter function end_emergency owner to mediagraph_definer;
      alter function settle_emergency owner to mediagraph_definer;
      alter function watch_emergency owner to mediagraph_definer;
      alter function begin_configured_emergency owner to mediagraph_definer;
      alter function drop_old_sessions owner to mediagraph_definer;
      alter function use_ticket owner to mediagraph_definer;
      revoke all on function present_emergency, is_kept_out, record_for_all, begin_emergency, end_emergency,
        settle_emergency, watch_emergency, begin_configured_emergency, drop_old_sessions, use_ticket from public;
      grant execute on function watch_emergency, begin_configured_emergency
        to mediagraph_server, mediagraph_worker;
      grant execute on function is_kept_out, use_ticket to mediagraph_server;
      grant execute on function drop_old_sessions to mediagraph_worker;
    `);
  }
}
