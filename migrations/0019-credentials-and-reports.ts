import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Credentials to platforms, feeds that platforms make reports for, and the reports that were asked for. */
export class CredentialsAndReports extends Migration {
  override name = '0019-credentials-and-reports';

  override up(): void {
    this.addSql(`
      create table platform_credentials (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        source text not null,
        name text not null check (length(name) between 1 and 255),
        -- which of the source's APIs it is for
        dialect text not null,
        secret_ciphertext text not null,
        status text not null default 'UNTESTED' check (status in ('UNTESTED', 'WORKING', 'REFUSED')),
        checked_at timestamptz,
        creations_per_hour integer not null default 15 check (creations_per_hour between 1 and 10000),
        poll_seconds numeric(6, 3) not null default 10 check (poll_seconds between 0.05 and 600),
        -- What is left of the present hour's reports; a window that is over is a full one.
        budget_left integer not null default 0,
        budget_reset_at timestamptz not null default now(),
        -- Calls in a row that were not answered, and until when there are none.
        failures integer not null default 0,
        open_until timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        -- for feeds, which use credentials of their own client alone
        unique (id, client_id)
      );
      create unique index platform_credentials_name_key on platform_credentials (client_id, lower(name));
      create index on platform_credentials (organization_id);
      ${tenantTable('platform_credentials', 'UNLIMITED_ONLY')}

      alter table feeds
        alter bucket drop not null,
        alter key_pattern drop not null,
        -- how its days come: as files in a bucket, or as reports that are asked for
        add origin text not null default 'BUCKET' check (origin in ('BUCKET', 'REPORT')),
        add advertiser_id text check (length(advertiser_id) between 1 and 200),
        add credential_id uuid,
        add foreign key (credential_id, client_id) references platform_credentials (id, client_id),
        add constraint feeds_origin_settings check (case origin
          when 'BUCKET' then num_nulls(bucket, key_pattern) = 0 and num_nonnulls(advertiser_id, credential_id) = 0
          when 'REPORT' then num_nulls(advertiser_id, credential_id) = 0 and num_nonnulls(bucket, key_pattern) = 0
        end);
      create index on feeds (credential_id) where credential_id is not null;

      create table report_requests (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        run_id uuid not null references ingestion_runs,
        credential_id uuid references platform_credentials on delete set null,
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        -- CREATING: the platform may have been told, and its answer was not kept
        state text not null default 'PLANNED'
          check (state in ('PLANNED', 'CREATING', 'PENDING', 'FETCHED', 'FAILED')),
        external_id text,
        -- when it was asked for: its data are of no earlier instant
        requested_at timestamptz,
        creations integer not null default 0,
        polls integer not null default 0,
        -- in a row: calls that were not answered, and that came too often
        failures integer not null default 0,
        refusals integer not null default 0,
        next_at timestamptz not null default now(),
        deadline_at timestamptz not null,
        error text,
        object_id uuid references source_objects,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        check (state <> 'PENDING' or external_id is not null),
        check ((state = 'FETCHED') = (object_id is not null))
      );
      create index on report_requests (run_id, from_date);
      create index on report_requests (credential_id);
      create index on report_requests (organization_id);
      ${tenantTable('report_requests', { clientColumn: 'client_id' })}
    `);
  }
}
