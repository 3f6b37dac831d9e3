import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What clients and campaigns are to spend on which days. */
export class Budgets extends Migration {
  override name = '0028-budgets';

  override up(): void {
    this.addSql(`
      create table budgets (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        -- null where it is the whole client's
        campaign_id uuid references campaigns,
        amount numeric(20, 6) not null check (amount > 0),
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        -- the days of it on which ads are to run; all where empty
        flights jsonb not null default '[]',
        -- from then on it counts for nothing
        removed_at timestamptz,
        created_at timestamptz not null default date_trunc('milliseconds', now()),
        updated_at timestamptz not null default now()
      );
      create index on budgets (organization_id, created_at desc, id desc);
      create index on budgets (client_id);
      create index on budgets (campaign_id) where campaign_id is not null;
      ${tenantTable('budgets', { clientColumn: 'client_id' })}
    `);
  }
}
