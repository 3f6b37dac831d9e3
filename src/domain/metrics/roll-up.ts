import type { EntityManager } from '@mikro-orm/postgresql';

const sums = [
  'sum(impressions) as impressions, sum(clicks) as clicks, sum(conversions) as conversions',
  'sum(revenue) as revenue, sum(spend) as spend, sum(media_cost) as media_cost',
  'sum(completed_views) as completed_views',
].join(', ');

/**
 * SQL of the roll-ups of facts, as rows of `daily_rollups`: each day of each feed, for every placement,
 * strategy, campaign and client.
 *
 * What is above the placements is summed from their sums. Facts that report other columns stay apart, so that
 * a roll-up reads like a fact: null exactly where none of its rows reports it.
 *
 * @param facts a table, or SQL in parentheses, with the columns of `daily_metrics`.
 */
export function rollUpQuery(facts: string): string {
  return `
    with placements as materialized (
      select organization_id, client_id, feed_id, date, campaign_id, strategy_id, placement_id,
        reported_facts(clicks, conversions, revenue, media_cost, completed_views) as reported, ${sums}
      from ${facts} f
      group by organization_id, client_id, feed_id, date, campaign_id, strategy_id, placement_id, reported
    )
    select coalesce(placement_id, strategy_id, campaign_id, client_id), date, feed_id, reported,
      case when placement_id is not null then 'PLACEMENT' when strategy_id is not null then 'STRATEGY'
        when campaign_id is not null then 'CAMPAIGN' else 'CLIENT' end,
      organization_id, client_id, campaign_id, strategy_id, placement_id, ${sums}
    from placements
    group by organization_id, client_id, feed_id, date, reported,
      rollup (campaign_id, strategy_id, placement_id)`;
}

/**
 * Make the roll-ups of one day of one feed those of its facts, within the transaction that changes them.
 *
 * @param facts as for {@link rollUpQuery}, of that day and feed alone, with its parameters.
 */
export async function rollUpSlice(
  em: EntityManager,
  { feedId, date }: { feedId: string; date: string },
  facts: string,
  parameters: string[],
): Promise<void> {
  await em.execute('delete from daily_rollups where feed_id = ? and date = ?', [feedId, date]);
  await em.execute(`insert into daily_rollups ${rollUpQuery(facts)}`, parameters);
}
