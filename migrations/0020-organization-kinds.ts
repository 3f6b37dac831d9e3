import { Migration } from '@mikro-orm/migrations';

/** Agencies, and single advertisers that report for themselves. */
export class OrganizationKinds extends Migration {
  override name = '0020-organization-kinds';

  override up(): void {
    this.addSql(`
      alter table organizations
        add kind text not null default 'AGENCY' check (kind in ('AGENCY', 'INDIVIDUAL'))
    `);
  }
}
