import { Migration } from '@mikro-orm/migrations';

/** What an audit could not ask, in words. */
export class AeoNotes extends Migration {
  override name = '0046-aeo-notes';

  override up(): void {
    this.addSql(`alter table aeo_audits add column notes text[] not null default '{}'`);
  }
}
