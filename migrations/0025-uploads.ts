import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Files that people upload, what they would change, and which of their columns stand for what. */
export class Uploads extends Migration {
  override name = '0025-uploads';

  override up(): void {
    this.addSql(`
      alter table feeds drop constraint feeds_origin_check, drop constraint feeds_origin_settings;
      alter table feeds
        add constraint feeds_origin_check check (origin in ('BUCKET', 'REPORT', 'UPLOAD')),
        add constraint feeds_origin_settings check (case origin
          when 'BUCKET' then num_nulls(bucket, key_pattern) = 0 and advertiser_id is null
          when 'REPORT' then num_nulls(advertiser_id, credential_id) = 0 and num_nonnulls(bucket, key_pattern) = 0
          when 'UPLOAD' then num_nonnulls(bucket, key_pattern, advertiser_id, credential_id) = 0
        end);
      -- how it was read where that was not the usual way of its source: columns mapped by hand, a sheet
      alter table source_objects add reading jsonb;
      -- what the day must still be, for this to be applied; 0 where it has no data
      alter table run_slices add expected_version integer;

      -- Nobody expects a file of a feed that people upload to, nor of one that is paused.
      create or replace view feed_lags with (security_invoker = true) as
        select f.id as feed_id, f.source,
          now() - coalesce((newest.date + 2)::timestamp at time zone f.time_zone, f.created_at) as lag
        from feeds f
        join clients c on c.id = f.client_id and c.status = 'ACTIVE'
        left join lateral (
          select s.date from slices s where s.feed_id = f.id and s.version > 0
          order by s.date desc limit 1
        ) newest on true
        where f.origin <> 'UPLOAD'
          and not exists (select from schedules p where p.feed_id = f.id and not p.enabled);

      create table column_mappings (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        source text not null,
        name text not null check (length(name) between 1 and 255),
        -- fields by header
        columns jsonb not null,
        -- of the header that it is applied to by itself
        fingerprint text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create unique index column_mappings_name_key on column_mappings (client_id, source, lower(name));
      create unique index column_mappings_fingerprint_key on column_mappings (client_id, source, fingerprint);
      create index on column_mappings (organization_id);
      ${tenantTable('column_mappings', { clientColumn: 'client_id' })}

      create table uploads (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        file_name text not null check (length(file_name) between 1 and 255),
        declared_bytes bigint not null check (declared_bytes between 1 and 52428800),
        declared_sha256 text,
        -- how it is to be read, where not as its source's files usually are
        reading jsonb,
        column_mapping_id uuid references column_mappings on delete set null,
        applies text not null check (applies in ('WHEN_CONFIRMED', 'WHEN_NEW', 'ALWAYS')),
        state text not null default 'AWAITING_FILE' check (state in
          ('AWAITING_FILE', 'RECEIVING', 'PREVIEWING', 'READY', 'REFUSED', 'FAILED', 'CONFIRMED', 'DISCARDED')),
        reason text,
        file_id uuid references files on delete set null,
        size_bytes bigint,
        sha256 text,
        received_at timestamptz,
        preview jsonb,
        -- the job of the latest preview
        job_run_id uuid references job_runs,
        -- what it became once it was confirmed
        object_id uuid references source_objects,
        is_archived boolean not null default false,
        run_id uuid references ingestion_runs,
        requested_by uuid references users,
        service_token_id uuid,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        link_expires_at timestamptz not null,
        expires_at timestamptz not null,
        check ((state = 'CONFIRMED') = (run_id is not null)),
        check (state in ('AWAITING_FILE', 'RECEIVING', 'DISCARDED') or sha256 is not null)
      );
      create index on uploads (organization_id, created_at desc, id desc);
      create index on uploads (feed_id, created_at desc, id desc);
      create index on uploads (client_id);
      create index on uploads (file_id);
      create index on uploads (job_run_id);
      create index on uploads (object_id);
      create index on uploads (run_id);
      create index on uploads (column_mapping_id);
      ${tenantTable('uploads', { clientColumn: 'client_id' })}
    `);

    this.addSql(`
      -- As before, and of what is named here.
      create or replace function redact_client(of_client uuid) returns bigint
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
            union all select 'Upload', id from uploads where client_id = of_client
            -- what names its client needs no line above
          ) or coalesce(before, after) ->> 'clientId' = of_client::text)
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
      create policy definer on uploads for select to mediagraph_definer using (true);
      grant select (id, client_id) on uploads to mediagraph_definer;
    `);
  }
}
