import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What is asked of the audit log, what belongs to no organization, and the months that left it for the archive. */
export class AuditLog extends Migration {
  override name = '0015-audit-log';

  override up(): void {
    this.addSql(`
      -- What happened to nobody whom we know, such as a sign-in with an unknown email: no tenant sees it.
      alter table audit_log alter organization_id drop not null;

      -- Newest first, of all and of what is asked for by itself; the narrower ones of 0001 and 0010 are parts of these.
      create index audit_log_newest on audit_log (organization_id, at desc, id desc);
      create index audit_log_of_action on audit_log (organization_id, action, at desc, id desc);
      create index audit_log_of_entity on audit_log (organization_id, entity_type, entity_id, at desc, id desc);
      create index audit_log_of_user on audit_log (organization_id, user_id, at desc, id desc)
        where user_id is not null;
      create index audit_log_of_service_token on audit_log (organization_id, service_token_id, at desc, id desc)
        where service_token_id is not null;
      create index audit_log_of_ip on audit_log (organization_id, ip, at desc, id desc) where ip is not null;
      create index audit_log_of_request on audit_log (organization_id, request_id, at desc, id desc)
        where request_id is not null;
      drop index audit_log_organization_id_at_idx;
      drop index audit_log_organization_id_entity_type_entity_id_at_idx;

      -- Months that left the log. What they held is a file in our own bucket, and its manifest beside it.
      create table audit_archives (
        id uuid primary key default gen_random_uuid(),
        -- null for what belongs to none
        organization_id uuid references organizations,
        month date not null check (date_trunc('month', month) = month),
        file_key text not null unique,
        entries bigint not null check (entries > 0),
        -- of the compressed file
        size_bytes bigint not null,
        sha256 text not null,
        archived_at timestamptz not null default now()
      );
      create index on audit_archives (organization_id, month);
      ${tenantTable('audit_archives', 'UNLIMITED_ONLY', { grants: 'select' })}
      create policy deployment on audit_archives for select to mediagraph_worker using (organization_id is null);
    `);

    this.addSql(`
      -- The youngest entry that may leave the log, whoever asks: the start of the month two years ago.
      create function audit_log_horizon() returns timestamptz language sql stable parallel safe
        return (date_trunc('month', now() at time zone 'UTC') - interval '24 months') at time zone 'UTC';

      create policy definer_reads on audit_log for select to mediagraph_definer using (true);
      create policy definer_removes on audit_log for delete to mediagraph_definer using (at < audit_log_horizon());
      grant select, delete on audit_log to mediagraph_definer;
      create policy definer on audit_archives for insert to mediagraph_definer with check (true);
      grant insert on audit_archives to mediagraph_definer;

      -- Of the tenant, or of nobody, the entries from an instant on that are old enough, in their order.
      create function audit_log_to_archive(
        of_deployment boolean, ends timestamptz, from_at timestamptz, after_id uuid, most integer
      ) returns setof audit_log
        language plpgsql stable security definer set search_path = public, pg_temp as $$
        begin
          if of_deployment then
            return query select * from audit_log e
              where e.organization_id is null and e.at < least(ends, audit_log_horizon())
                and (e.at, e.id) > (from_at, after_id)
              order by e.at, e.id limit most;
          else
            return query select * from audit_log e
              where e.organization_id = app_organization() and e.at < least(ends, audit_log_horizon())
                and (e.at, e.id) > (from_at, after_id)
              order by e.at, e.id limit most;
          end if;
        end $$;

      -- Removes a month whose file was read back, and says where that is: both or neither, and no entry more or less
      -- than the file has.
      create function archive_audit_month(
        of_deployment boolean, of_month date, key text, entry_count bigint, file_bytes bigint, file_sha256 text
      ) returns void
        language plpgsql security definer set search_path = public, pg_temp as $$
        declare
          owner_id uuid := case when of_deployment then null else app_organization() end;
          begins timestamptz := of_month::timestamp at time zone 'UTC';
          ends timestamptz := (of_month + interval '1 month')::timestamp at time zone 'UTC';
          removed bigint;
        begin
          if not of_deployment and owner_id is null then
            raise exception 'no organization is set' using errcode = 'insufficient_privilege';
          end if;
          if ends > audit_log_horizon() then
            raise exception 'the month % is too young to leave the audit log', of_month
              using errcode = 'insufficient_privilege';
          end if;
          if of_deployment then
            delete from audit_log where organization_id is null and at >= begins and at < ends;
          else
            delete from audit_log where organization_id = owner_id and at >= begins and at < ends;
          end if;
          get diagnostics removed = row_count;
          if removed <> entry_count then
            raise exception 'the file has % entries of %, the audit log %', entry_count, of_month, removed
              using errcode = 'data_exception';
          end if;
          insert into audit_archives (organization_id, month, file_key, entries, size_bytes, sha256)
          values (owner_id, of_month, key, entry_count, file_bytes, file_sha256);
        end $$;

      -- Of nobody whom we know: at most so many entries of an action a minute, however many try.
      create function record_deployment_event(
        what text, of_type text, now_is jsonb, from_ip inet, with_user_agent text, in_request text
      ) returns void
        language sql security definer set search_path = public, pg_temp as $$
          insert into audit_log (action, entity_type, after, ip, user_agent, request_id)
          select what, of_type, now_is, from_ip, with_user_agent, in_request
          where (
            select count(*) from (
              select from audit_log
              where organization_id is null and action = what and at > now() - interval '1 minute' limit 100
            ) lately
          ) < 100
        $$;

      -- What was tried on an account leaves a trace with it, wherever it is a member, and else with nobody. Tells how
      -- often the same was tried on it there within the hour, this time included. The account is named by its email or
      -- by its id. 0012's record_failed_sign_in stays for servers of the version before.
      create function record_account_event(
        what text, of_email_index text, of_user uuid, now_is jsonb, from_ip inet, with_user_agent text,
        in_request text
      ) returns table (organization_id uuid, user_id uuid, times bigint)
        language plpgsql security definer set search_path = public, pg_temp as $$
        #variable_conflict use_column
        begin
          return query
            with place as (
              select m.organization_id, m.user_id
              from users u join memberships m on m.user_id = u.id
              where u.email_index = of_email_index or u.id = of_user
            ), recorded as (
              insert into audit_log (organization_id, action, entity_type, entity_id, after, ip, user_agent, request_id)
              select p.organization_id, what, 'User', p.user_id, now_is, from_ip, with_user_agent, in_request
              from place p
            )
            select p.organization_id, p.user_id, 1 + (
              select count(*) from audit_log e
              where e.organization_id = p.organization_id and e.entity_type = 'User' and e.entity_id = p.user_id
                and e.action = what and e.at > now() - interval '1 hour'
            )
            from place p;
          if not found then
            perform record_deployment_event(what, 'User', now_is, from_ip, with_user_agent, in_request);
          end if;
        end $$;

      alter function audit_log_to_archive owner to mediagraph_definer;
      alter function archive_audit_month owner to mediagraph_definer;
      alter function record_deployment_event owner to mediagraph_definer;
      alter function record_account_event owner to mediagraph_definer;
      revoke all on function audit_log_to_archive, archive_audit_month, record_deployment_event,
        record_account_event from public;
      grant execute on function audit_log_to_archive, archive_audit_month to mediagraph_worker;
      grant execute on function record_deployment_event, record_account_event to mediagraph_server;
    `);

    // As createOrganization does from now on: at three in the morning of each.
    this.addSql(`
      alter table organizations no force row level security;
      alter table schedules no force row level security;
      insert into schedules (organization_id, job_name, payload, cron, time_zone, next_run_at)
      select id, 'run-upkeep', '{}', '0 3 * * *', time_zone,
        (date_trunc('day', now() at time zone time_zone) + interval '27 hours') at time zone time_zone
      from organizations;
      alter table organizations force row level security;
      alter table schedules force row level security;
    `);
  }
}
