import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Exports of metric rows, whom their files are for, and how documents of an organization look. */
export class Exports extends Migration {
  override name = '0026-exports';

  override up(): void {
    this.addSql(`
      create table metrics_exports (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        -- where it is of one alone
        client_id uuid references clients,
        format text not null check (format in ('CSV', 'XLSX', 'PDF')),
        -- the metric query, with its days and own ids settled
        query jsonb not null,
        options jsonb not null,
        -- rows that its file has; null until it is whole
        row_count bigint,
        requested_by uuid not null references users,
        job_run_id uuid references job_runs,
        -- as precise as cursors are
        created_at timestamptz not null default date_trunc('milliseconds', now())
      );
      create index on metrics_exports (organization_id, created_at desc, id desc);
      create index on metrics_exports (client_id);
      create index on metrics_exports (job_run_id);
      ${tenantTable('metrics_exports', { clientColumn: 'client_id' })}
      -- of several clients, or all that somebody sees; whose it is, the application decides
      create policy of_no_client on metrics_exports to mediagraph_server, mediagraph_worker
        using (organization_id = (select app_organization()) and client_id is null)
        with check (organization_id = (select app_organization()) and client_id is null);

      alter table files
        -- the clients that it may tell of, where not of all
        add for_clients uuid[],
        -- the least role that may see what is in it
        add for_role text not null default 'CLIENT' check (for_role in ('ANALYST', 'CLIENT'));

      alter table organizations
        -- a PNG as base64
        add logo text check (length(logo) <= 400000),
        add logo_sha256 text,
        add primary_color text not null default '#1f3a5f' check (primary_color ~ '^#[0-9a-f]{6}$'),
        add accent_color text not null default '#e07a2f' check (accent_color ~ '^#[0-9a-f]{6}$'),
        add check ((logo is null) = (logo_sha256 is null));
    `);
  }
}
