import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** Reports that go out on schedule, as they were issued, and to whom they were mailed. */
export class Reports extends Migration {
  override name = '0038-reports';

  override up(): void {
    this.addSql(`
      create table report_definitions (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        name text not null check (length(name) between 1 and 255),
        range_preset text not null,
        dimensions jsonb not null,
        metrics jsonb not null,
        sections jsonb not null,
        format text not null check (format in ('CSV', 'XLSX', 'PDF')),
        locale text not null,
        -- whose members get it, of those who see the client
        roles text[] not null check (roles <@ '{OWNER,ADMIN,ANALYST,CLIENT}'),
        -- null where it is issued by hand alone
        timing jsonb,
        schedule_id uuid references schedules on delete set null,
        enabled boolean not null default true,
        removed_at timestamptz,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        updated_at timestamptz not null default now()
      );
      create unique index report_definitions_name_key on report_definitions (client_id, lower(name))
        where removed_at is null;
      create index on report_definitions (organization_id, created_at desc, id desc);
      create index on report_definitions (schedule_id);
      ${tenantTable('report_definitions', { clientColumn: 'client_id' })}

      -- Who else gets it.
      create table report_recipients (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        definition_id uuid not null references report_definitions,
        email_ciphertext text not null,
        email_index text not null,
        created_at timestamptz not null default now(),
        unique (definition_id, email_index)
      );
      create index on report_recipients (client_id);
      create index on report_recipients (email_index);
      ${tenantTable('report_recipients', { clientColumn: 'client_id' })}

      create table issued_reports (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        definition_id uuid not null references report_definitions,
        -- what the definition said then
        name text not null,
        range_preset text,
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        dimensions jsonb not null,
        metrics jsonb not null,
        sections jsonb not null,
        format text not null check (format in ('CSV', 'XLSX', 'PDF')),
        locale text not null,
        -- the least role that may see what is in it
        for_role text not null check (for_role in ('ANALYST', 'CLIENT')),
        -- what it says, and the versions of slices that it was made of; null until it is issued
        figures jsonb,
        slice_versions jsonb,
        row_count bigint,
        file_id uuid references files,
        sha256 text,
        requested_by uuid references users,
        job_run_id uuid references job_runs,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        issued_at timestamptz,
        check (num_nonnulls(figures, slice_versions, row_count, file_id, sha256, issued_at) in (0, 6))
      );
      create index on issued_reports (organization_id, created_at desc, id desc);
      create index on issued_reports (client_id, created_at desc, id desc);
      create index on issued_reports (definition_id);
      create index on issued_reports (file_id);
      create unique index on issued_reports (job_run_id);
      ${tenantTable('issued_reports', { clientColumn: 'client_id' })}

      create function refuse_change_of_issued() returns trigger language plpgsql as $$
      begin
        raise exception 'an issued report stays as it is' using errcode = 'restrict_violation';
      end $$;
      create trigger frozen before update on issued_reports
        for each row when (old.issued_at is not null) execute function refuse_change_of_issued();

      create table report_deliveries (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        report_id uuid not null references issued_reports,
        mail_id uuid unique references mails on delete set null,
        email_ciphertext text not null,
        email_index text not null,
        status text not null default 'QUEUED' check (status in ('QUEUED', 'SENT', 'FAILED')),
        -- why it failed
        error text,
        ended_at timestamptz,
        created_at timestamptz not null default now(),
        unique (report_id, email_index)
      );
      create index on report_deliveries (client_id);
      create index on report_deliveries (email_index);
      ${tenantTable('report_deliveries', { clientColumn: 'client_id' })}

      -- null where it is kept until what it is of is erased
      alter table files alter expires_at drop not null;
    `);
  }
}
