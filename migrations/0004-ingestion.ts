import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

const sliceOutcomes = `'PENDING', 'APPLIED', 'UNCHANGED', 'HELD', 'SUPERSEDED', 'MISSING', 'FAILED'`;

/** Files, runs, slices, rejected rows, what changed, and the scratch that files are loaded through. */
export class Ingestion extends Migration {
  override name = '0004-ingestion';

  override up(): void {
    this.addSql(`
      create table source_objects (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        key text not null,
        etag text not null,
        size_bytes bigint not null,
        last_modified timestamptz not null,
        sha256 text not null,
        fetched_at timestamptz not null default now(),
        unique (feed_id, key, etag)
      );
      ${tenantTable('source_objects', { clientColumn: 'client_id' })}

      create table ingestion_runs (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        job_run_id uuid references job_runs,
        trigger text not null check (trigger in ('MANUAL', 'SCHEDULE', 'APPROVAL')),
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        outcome text check (outcome in ('SUCCEEDED', 'PARTIAL', 'HELD', 'MISSING', 'FAILED')),
        timings jsonb not null default '{}',
        created_at timestamptz not null default now()
      );
      create index on ingestion_runs (organization_id, created_at desc, id desc);
      create index on ingestion_runs (feed_id, created_at desc);
      create index on ingestion_runs (job_run_id);
      ${tenantTable('ingestion_runs', { clientColumn: 'client_id' })}

      create table run_slices (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        run_id uuid not null references ingestion_runs,
        date date not null,
        status text not null default 'PENDING' check (status in (${sliceOutcomes})),
        reason text,
        object_ids uuid[] not null default '{}',
        source_position timestamptz,
        version integer,
        rows_read integer not null default 0,
        rows_rejected integer not null default 0,
        rows_merged integer not null default 0,
        warnings jsonb not null default '{}',
        totals_before jsonb,
        totals_after jsonb,
        finished_at timestamptz,
        unique (run_id, date)
      );
      create index on run_slices (feed_id, date);
      ${tenantTable('run_slices', { clientColumn: 'client_id' })}

      -- The truth about one (feed, date): which version is in force and what it was built from.
      create table slices (
        feed_id uuid not null references feeds,
        date date not null,
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        status text not null check (status in ('APPLIED', 'HELD', 'MISSING', 'FAILED')),
        reason text,
        version integer not null default 0,
        source_position timestamptz,
        object_ids uuid[] not null default '{}',
        row_count integer not null default 0,
        impressions bigint not null default 0,
        run_slice_id uuid references run_slices,
        updated_at timestamptz not null default now(),
        primary key (feed_id, date)
      );
      create index on slices (client_id, date);
      ${tenantTable('slices', { clientColumn: 'client_id' })}

      create table rejected_rows (
        id bigint generated always as identity primary key,
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        run_slice_id uuid not null references run_slices,
        object_id uuid not null references source_objects,
        line integer not null,
        cells text[] not null,
        reasons jsonb not null
      );
      create index on rejected_rows (run_slice_id, line);
      ${tenantTable('rejected_rows', { clientColumn: 'client_id' })}

      create table fact_changes (
        id bigint generated always as identity primary key,
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        date date not null,
        version integer not null,
        cause text not null check (cause in ('INGESTION', 'RATE_CARD', 'REVERT', 'MERGE')),
        cause_id uuid not null,
        at timestamptz not null default now()
      );
      create index on fact_changes (client_id, at);
      ${tenantTable('fact_changes', { clientColumn: 'client_id' }, { grants: 'select, insert' })}
    `);

    this.addSql(`
      -- Scratch, emptied by each slice: unlogged, since after a crash a run starts again from its objects,
      -- and without row-level security, since COPY refuses a table that has it.
      create schema staging;
      grant usage on schema staging to mediagraph_worker;
      create unlogged table staging.media_rows (
        run_slice_id uuid not null,
        fence integer not null,
        campaign text not null,
        strategy text not null,
        placement text not null,
        creative text not null,
        -- How names are looked up. Stored, since a policy lets an index be searched only by what is computed
        -- before: with lower() in the join itself, every sibling of an entity would be read.
        campaign_key text not null generated always as ('name:' || lower(campaign)) stored,
        strategy_key text not null generated always as ('name:' || lower(strategy)) stored,
        placement_key text not null generated always as ('name:' || lower(placement)) stored,
        creative_key text not null generated always as ('name:' || lower(creative)) stored,
        impressions bigint not null,
        clicks bigint,
        conversions numeric(20, 9),
        revenue numeric(20, 9),
        media_cost numeric(20, 9),
        completed_views bigint,
        reach bigint
      );
      create index on staging.media_rows (run_slice_id);
      grant select, insert, delete on staging.media_rows to mediagraph_worker;
    `);
  }
}
