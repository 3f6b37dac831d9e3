import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from './support/tenant-table.ts';

/** What makes reads as fast as what they ask for is small: roll-ups, the indexes of lists, and labels. */
export class Rollups extends Migration {
  override name = '0009-rollups';

  override up(): void {
    this.addSql(`
      -- The facts of a day of a feed, summed for each node above the creatives, which daily_metrics has itself.
      -- Rows that report other facts are summed apart, so that a roll-up reads like a fact: a column is null
      -- exactly where none of its rows reports it, and ratios find the rows that report both of their sides.
      create table daily_rollups (
        entity_id uuid not null,
        date date not null,
        feed_id uuid not null references feeds,
        reported smallint not null,
        level text not null check (level in ('CLIENT', 'CAMPAIGN', 'STRATEGY', 'PLACEMENT')),
        organization_id uuid not null,
        client_id uuid not null,
        campaign_id uuid,
        strategy_id uuid,
        placement_id uuid,
        impressions bigint not null,
        clicks bigint,
        conversions numeric(29, 9),
        revenue numeric(29, 9),
        spend numeric(29, 9) not null,
        media_cost numeric(29, 9),
        completed_views bigint,
        -- With all that is read of them, so that the days of a node, which lie far apart, are read from it alone.
        primary key (entity_id, date, feed_id, reported) include (
          organization_id, client_id, impressions, clicks, conversions, revenue, spend, media_cost, completed_views
        )
      );
      create index on daily_rollups (feed_id, date);
      create index on daily_rollups (client_id, level, date);
      ${tenantTable('daily_rollups', { clientColumn: 'client_id' })}

      -- Which of the facts that a source may leave out a row reports, as a bit mask.
      create function reported_facts(
          clicks bigint, conversions numeric, revenue numeric, media_cost numeric, completed_views bigint
        ) returns smallint language sql immutable parallel safe
        return ((clicks is not null)::int + (conversions is not null)::int * 2 + (revenue is not null)::int * 4
          + (media_cost is not null)::int * 8 + (completed_views is not null)::int * 16)::smallint;

      -- What the spend of a campaign's day was computed with.
      create table applied_rates (
        feed_id uuid not null references feeds,
        date date not null,
        campaign_id uuid not null references campaigns,
        organization_id uuid not null,
        client_id uuid not null,
        rate_card_id uuid references rate_cards,
        cpm numeric(12, 6) not null,
        primary key (feed_id, date, campaign_id)
      );
      create index on applied_rates (campaign_id);
      create index on applied_rates (rate_card_id);
      ${tenantTable('applied_rates', { clientColumn: 'client_id' })}

      create index on daily_metrics (creative_id, date);
      create index on strategies (client_id, name, id);
      create index on placements (client_id, name, id);
      create index on creatives (client_id, name, id);

      create table campaign_labels (
        campaign_id uuid not null references campaigns,
        key text not null generated always as (lower(label)) stored,
        label text not null check (length(label) between 1 and 100),
        organization_id uuid not null references organizations,
        client_id uuid not null references clients,
        primary key (campaign_id, key)
      );
      create index on campaign_labels (client_id, key);
      ${tenantTable('campaign_labels', { clientColumn: 'client_id' })}

      -- Counts changes of what media are called and how they are grouped, which no slice's version tells of.
      alter table clients add media_version bigint not null default 0;
    `);

    this.addSql(`
      -- The owner, too, is bound by row-level security, except while it looks away.
      alter table daily_metrics no force row level security;
      alter table daily_rollups no force row level security;
      insert into daily_rollups
        select coalesce(placement_id, strategy_id, campaign_id, client_id), date, feed_id,
          reported_facts(clicks, conversions, revenue, media_cost, completed_views) as reported,
          case when placement_id is not null then 'PLACEMENT' when strategy_id is not null then 'STRATEGY'
            when campaign_id is not null then 'CAMPAIGN' else 'CLIENT' end,
          organization_id, client_id, campaign_id, strategy_id, placement_id,
          sum(impressions), sum(clicks), sum(conversions), sum(revenue), sum(spend), sum(media_cost),
          sum(completed_views)
        from daily_metrics
        group by organization_id, client_id, feed_id, date, reported,
          rollup (campaign_id, strategy_id, placement_id);
      alter table daily_metrics force row level security;
      alter table daily_rollups force row level security;
    `);
  }
}
