import { Migration } from '@mikro-orm/migrations';

/** Rate cards that were taken back; days that were priced by them still name them. */
export class RemovedRateCards extends Migration {
  override name = '0021-removed-rate-cards';

  override up(): void {
    this.addSql(`
      alter table rate_cards
        add removed_at timestamptz,
        drop constraint rate_cards_overlap,
        add constraint rate_cards_overlap exclude using gist (
          client_id with =,
          (coalesce(source, '')) with =,
          (coalesce(campaign_id, '00000000-0000-0000-0000-000000000000')) with =,
          daterange(effective_from, effective_to, '[]') with &&
        ) where (removed_at is null)
    `);
  }
}
