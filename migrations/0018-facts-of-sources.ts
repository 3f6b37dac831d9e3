import { Migration } from '@mikro-orm/migrations';

/** What a run found in its files beside rows. */
export class FactsOfSources extends Migration {
  override name = '0018-facts-of-sources';

  override up(): void {
    this.addSql(`
      alter table run_slices add other_columns text[] not null default '{}',
        add remarks text[] not null default '{}';
    `);
  }
}
