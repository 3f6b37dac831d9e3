import { Migration } from '@mikro-orm/migrations';

/** What proposals of questions cost, and whom questions name. */
export class AeoProposals extends Migration {
  override name = '0048-aeo-proposals';

  override up(): void {
    this.addSql(`
      -- US dollars
      alter table aeo_audits add column proposal_cost numeric(24, 15);

      -- brands go only where no question names them any more
      create index on aeo_questions (target_brand_id);
    `);
  }
}
