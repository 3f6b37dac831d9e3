import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What weeks and months of clients came to, when that is found out, and what counts as doing badly. */
export class Summaries extends Migration {
  override name = '0027-summaries';

  override up(): void {
    this.addSql(`
      alter table organizations
        add summary_schedule jsonb not null default '{"time": "07:00", "kinds": ["WEEKLY", "MONTHLY"]}',
        add summary_thresholds jsonb not null
          default '{"ctr": "0.005", "spend": "100", "conversions": "5", "impressions": 1000}';
      -- where it is not as its organization says
      alter table clients add summary_schedule jsonb;

      create table summaries (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        kind text not null check (kind in ('WEEKLY', 'MONTHLY')),
        from_date date not null,
        to_date date not null check (to_date > from_date),
        totals jsonb not null,
        -- by feed, the days without data
        gaps jsonb not null,
        rankings jsonb not null,
        -- what rankings were made by
        thresholds jsonb not null,
        -- the versions of slices that it was made of, by feed and day
        slice_versions jsonb not null,
        -- raised when what it says changes
        version integer not null default 1,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        computed_at timestamptz not null default now(),
        unique (client_id, kind, from_date)
      );
      create index on summaries (organization_id, to_date desc, id desc);
      create index on summaries (client_id, to_date desc, id desc);
      ${tenantTable('summaries', { clientColumn: 'client_id' })}

      -- Merges change figures, and no slice.
      create index fact_changes_merges on fact_changes (client_id, date) where cause = 'MERGE';
    `);

    // As createClient does from now on; due at once, so that what was loaded before is summed up as well.
    this.addSql(`
      alter table clients no force row level security;
      alter table organizations no force row level security;
      alter table schedules no force row level security;
      insert into schedules (organization_id, client_id, job_name, payload, cron, time_zone, next_run_at)
      select c.organization_id, c.id, 'summarize-client', jsonb_build_object('clientId', c.id),
        '0 7 * * ' || o.week_starts_on || ';0 7 1 * *', c.time_zone, now()
      from clients c join organizations o on o.id = c.organization_id;
      alter table clients force row level security;
      alter table organizations force row level security;
      alter table schedules force row level security;
    `);
  }
}
