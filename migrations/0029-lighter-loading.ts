import { Migration } from '@mikro-orm/migrations';

/** Scratch that says each path of names once, and rows made by the thousand without a look-up for each. */
export class LighterLoading extends Migration {
  override name = '0029-lighter-loading';

  override up(): void {
    this.addSql(`
      -- A path is numbered, and named by its first row alone. What runs were loading starts again from its objects.
      truncate staging.media_rows;
      alter table staging.media_rows add path integer not null,
        alter campaign drop not null, alter campaign_key drop not null,
        alter strategy drop not null, alter strategy_key drop not null,
        alter placement drop not null, alter placement_key drop not null;

      -- Checked row by row, these were a third of the time that facts and new names take. What they hold is held by
      -- others: facts and roll-ups are written by whoever holds their slice, which has the key; an entity is made in
      -- the statement that finds its parent, and both are removed with their client alone.
      alter table daily_metrics drop constraint daily_metrics_feed_id_fkey;
      alter table daily_rollups drop constraint daily_rollups_feed_id_fkey;
      alter table strategies drop constraint strategies_client_id_fkey,
        drop constraint strategies_campaign_id_fkey;
      alter table placements drop constraint placements_client_id_fkey,
        drop constraint placements_strategy_id_fkey;
      alter table creatives drop constraint creatives_client_id_fkey,
        drop constraint creatives_placement_id_fkey;
    `);
  }
}
