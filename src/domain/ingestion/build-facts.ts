import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import { rateInForce } from '../rate-card/rate-in-force.ts';
import { findPaths } from './find-paths.ts';
import { aliasOf, originParameters, originRow } from './media-alias.ts';
import { nameCreatives } from './name-creatives.ts';

import type { StagedSlice } from './staging.ts';

/** The columns of a creative's day that files tell, and what follows from them. */
export const facts = [
  'creative_id, campaign_id, strategy_id, placement_id',
  'impressions, clicks, conversions, revenue, spend, media_cost, completed_views, reach',
].join(', ');

/**
 * Make the temporary tables `slice_facts`, what a day will be, each creative once, with its spend; and `slice_rates`,
 * by which its campaigns are priced. Names that are new are made to mean something on the way.
 *
 * @returns how many staged rows there were.
 */
export async function buildFacts(
  em: EntityManager,
  feed: Feed,
  date: LocalDate,
  staged: StagedSlice,
): Promise<number> {
  await em.execute(planBlindly);
  const isTurn = await findPaths(em, feed, staged);
  await findRates(em, feed, date);
  await findCreatives(em, feed, staged);
  const [unknown] = await em.execute('select from slice_rows where is_new limit 1');
  if (unknown) await nameCreatives(em, feed, isTurn);
  const [found] = await em.execute<{ rows: number; creatives: number }[]>(
    `select coalesce(sum(rows), 0)::int as rows, count(*)::int as creatives
     from (select count(*) as rows from slice_rows group by creative_id) c`,
  );
  const { rows, creatives } = found ?? { rows: 0, creatives: 0 };
  await em.execute(rows > creatives ? mergeRows : 'alter table slice_rows rename to slice_facts');
  await em.execute(planAsUsual);
  return rows;
}

async function findRates(em: EntityManager, feed: Feed, date: LocalDate): Promise<void> {
  await em.execute(
    `create temporary table slice_rates on commit drop as
     select c.campaign_id, r.cpm, r.rate_card_id
     from (select distinct campaign_id from slice_paths) c
     cross join lateral (${rateInForce('c.campaign_id')}) r`,
    [feed.organizationId, feed.clientId, feed.source, date],
  );
}

/**
 * Make the temporary table `slice_rows`: staged rows with their ids. A creative that nobody has named is given one for
 * each of its rows; they ascend with those of the placements, so that indexes grow at their ends.
 */
async function findCreatives(
  em: EntityManager,
  feed: Feed,
  { runSliceId, fence }: StagedSlice,
): Promise<void> {
  await em.execute(
    `create temporary table slice_rows on commit drop as
     with origin as materialized (${originRow})
     select coalesce(a.entity_id, uuidv7()) as creative_id, p.campaign_id, p.strategy_id, p.placement_id,
       s.impressions, s.clicks, s.conversions, s.revenue,
       (s.impressions * r.cpm * 0.001)::numeric(20, 9) as spend,
       s.media_cost, s.completed_views, s.reach, a.entity_id is null as is_new,
       case when a.entity_id is null then s.creative end as name,
       case when a.entity_id is null then s.creative_key end as key
     from staging.media_rows s
     join (slice_paths p join slice_rates r using (campaign_id)) using (path)
     ${aliasOf('p.placement_id', 's.creative_key')}
     where s.run_slice_id = ? and s.fence = ?
     order by a.entity_id, p.placement_id`,
    [...originParameters(feed), runSliceId, fence],
  );
}

const mergeRows = `
  create temporary table slice_facts on commit drop as
  select creative_id, campaign_id, strategy_id, placement_id,
    sum(impressions)::bigint as impressions, sum(clicks)::bigint as clicks,
    sum(conversions)::numeric(20, 9) as conversions, sum(revenue)::numeric(20, 9) as revenue,
    sum(spend)::numeric(20, 9) as spend, sum(media_cost)::numeric(20, 9) as media_cost,
    sum(completed_views)::bigint as completed_views,
    -- Whom several rows reached, together, is not to be told from how many each did.
    case when count(*) = 1 then max(reach) end as reach
  from slice_rows
  group by creative_id, campaign_id, strategy_id, placement_id`;

/**
 * Make the planner's choices for rows that it knows nothing of, within the transaction: it takes them for one
 * row, for which sorting and nested loops are as good as hashing.
 */
const planBlindly = `select set_config('enable_nestloop', 'off', true),
  set_config('enable_sort', 'off', true), set_config('work_mem', '32MB', true)`;
/** The planner's own choices again. */
const planAsUsual = `select set_config('enable_nestloop', 'on', true),
  set_config('enable_sort', 'on', true)`;
