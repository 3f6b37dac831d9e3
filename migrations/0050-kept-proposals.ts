import { Migration } from '@mikro-orm/migrations';

/** Questions that a platform proposed for a set-up: its later audits ask the same. */
export class KeptProposals extends Migration {
  override name = '0050-kept-proposals';

  override up(): void {
    this.addSql(`
      -- those that the first audit accepted, and what they were asked for by
      alter table aeo_set_ups add column proposals jsonb;
    `);
  }
}
