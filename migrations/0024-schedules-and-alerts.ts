import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Schedules that belong to feeds, files that are given time, keys to buckets of others, and what people are told of. */
export class SchedulesAndAlerts extends Migration {
  override name = '0024-schedules-and-alerts';

  override up(): void {
    this.addSql(`
      alter table schedules
        add feed_id uuid references feeds,
        -- after the time of day, so that not all start at once
        add jitter_seconds integer not null default 0 check (jitter_seconds between 0 and 3600),
        -- why its last turn started nothing
        add skip_reason text;
      alter table schedules no force row level security;
      update schedules set feed_id = (payload ->> 'feedId')::uuid,
        jitter_seconds = ('x' || left(payload ->> 'feedId', 8))::bit(32)::bigint % 600
      where job_name = 'start-scheduled-ingestion';
      alter table schedules force row level security;
      create unique index on schedules (feed_id) where feed_id is not null;

      alter table feeds
        -- after its time of day, until a file that has not come is missing
        add grace_minutes integer not null default 180 check (grace_minutes between 0 and 1440),
        drop constraint feeds_origin_settings,
        add constraint feeds_origin_settings check (case origin
          when 'BUCKET' then num_nulls(bucket, key_pattern) = 0 and advertiser_id is null
          when 'REPORT' then num_nulls(advertiser_id, credential_id) = 0 and num_nonnulls(bucket, key_pattern) = 0
        end);

      create table alerts (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        -- the run that it was last seen in
        run_id uuid references ingestion_runs on delete set null,
        kind text not null check (kind in (
          'FAILED_RUN', 'MISSING_FILE', 'VALIDATION_ERRORS', 'HELD_RUN', 'CREDENTIAL_REFUSED'
        )),
        -- the day that it is about, where it is about one
        date date,
        message text not null,
        -- runs that it was seen in
        count integer not null default 1,
        -- as precise as cursors are
        first_seen_at timestamptz not null default date_trunc('milliseconds', now()),
        last_seen_at timestamptz not null default now(),
        resolved_at timestamptz,
        -- when people were mailed of it
        told_at timestamptz
      );
      create unique index alerts_open on alerts (feed_id, kind, date) nulls not distinct where resolved_at is null;
      create index on alerts (organization_id, first_seen_at desc, id desc);
      create index alerts_untold on alerts (organization_id) where told_at is null and resolved_at is null;
      create index on alerts (client_id);
      create index on alerts (feed_id);
      create index on alerts (run_id);
      ${tenantTable('alerts', { clientColumn: 'client_id' })}

      alter table organizations add alert_roles text[] not null default '{OWNER,ADMIN}'
        check (alert_roles <@ '{OWNER,ADMIN,ANALYST}');

      -- Whom alerts go to beside members.
      create table alert_recipients (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        email_ciphertext text not null,
        email_index text not null,
        created_at timestamptz not null default now(),
        unique (organization_id, email_index)
      );
      ${tenantTable('alert_recipients', 'UNLIMITED_ONLY')}
    `);

    // As createOrganization does from now on.
    this.addSql(`
      alter table organizations no force row level security;
      alter table schedules no force row level security;
      insert into schedules (organization_id, job_name, payload, cron, time_zone, next_run_at)
      select id, 'send-digest', '{}', '0 8 * * *', time_zone,
        (date_trunc('day', now() at time zone time_zone) + interval '32 hours') at time zone time_zone
      from organizations;
      alter table organizations force row level security;
      alter table schedules force row level security;
    `);
  }
}
