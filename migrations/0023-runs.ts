import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What people do about runs: backfills, decisions on what is held, reverts, corrected rejects, and notes. */
export class Runs extends Migration {
  override name = '0023-runs';

  override up(): void {
    this.addSql(`
      create table backfills (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        feed_id uuid not null references feeds,
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        chunk_days integer not null check (chunk_days between 1 and 366),
        -- of days that were loaded before, or that another run is loading
        days_skipped integer not null default 0,
        requested_by uuid references users,
        paused_at timestamptz,
        cancelled_at timestamptz,
        created_at timestamptz not null default date_trunc('milliseconds', now())
      );
      create index on backfills (organization_id, created_at desc, id desc);
      create index on backfills (client_id);
      create index on backfills (feed_id);
      create index on backfills (requested_by) where requested_by is not null;
      ${tenantTable('backfills', { clientColumn: 'client_id' })}

      alter table ingestion_runs
        drop constraint ingestion_runs_trigger_check,
        add constraint ingestion_runs_trigger_check check (
          trigger in ('MANUAL', 'SCHEDULE', 'APPROVAL', 'BACKFILL', 'RETRY', 'REVERT', 'RESUBMISSION', 'UPLOAD')
        ),
        drop constraint ingestion_runs_outcome_check,
        add constraint ingestion_runs_outcome_check check (
          outcome in ('SUCCEEDED', 'PARTIAL', 'HELD', 'MISSING', 'FAILED', 'DISCARDED')
        ),
        add backfill_id uuid references backfills,
        -- the run that this one approves, tries again, reverts or corrects; runs of a client are erased in any order
        add origin_run_id uuid,
        add resolved_at timestamptz,
        add resolved_by uuid references users,
        add resolution_note text check (length(resolution_note) between 1 and 2000);
      create index on ingestion_runs (backfill_id) where backfill_id is not null;
      create index on ingestion_runs (resolved_by) where resolved_by is not null;
      create index ingestion_runs_of_client on ingestion_runs (client_id, created_at desc, id desc);

      alter table run_slices
        drop constraint run_slices_status_check,
        add constraint run_slices_status_check check (status in (
          'PENDING', 'APPLIED', 'UNCHANGED', 'HELD', 'DISCARDED', 'SUPERSEDED', 'MISSING', 'FAILED'
        )),
        add rows_inserted integer not null default 0,
        add rows_updated integer not null default 0,
        add rows_removed integer not null default 0,
        -- what the day must still be by, for this to be applied: an id of this table
        add replaces_id uuid;

      -- objects that somebody decided against: schedules leave them alone
      alter table slices add passed_over uuid[] not null default '{}';

      -- corrected rejects, which belong to the day's other objects
      alter table source_objects add is_correction boolean not null default false;

      -- a rejected row by column, whatever its file calls them
      alter table rejected_rows add fields jsonb not null default '{}';
    `);
  }
}
