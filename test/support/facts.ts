import type { EntityManager } from '@mikro-orm/postgresql';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { rollUpQuery } from '../../src/domain/metrics/roll-up.ts';
import type { Agency } from './agency.ts';

/** Facts of a day of a creative, with the names of where it belongs. */
export interface NamedFact {
  date: string;
  campaign: string;
  strategy: string;
  placement: string;
  creative: string;
  impressions: number;
  clicks: number | null;
  conversions: string | null;
  revenue: string | null;
  spend: string;
  media_cost: string | null;
  completed_views: number | null;
}

const amounts = 'impressions, clicks, conversions, revenue, spend, media_cost, completed_views';

/**
 * Make facts those of a feed, in place of all that it had, with what they belong to, their roll-ups and one
 * more version of each of their days: far faster than by files, and of any kind.
 */
export async function putFacts(
  { database, tenant }: Pick<Agency, 'database' | 'tenant'>,
  feed: Feed,
  facts: readonly NamedFact[],
): Promise<void> {
  await database.withTenant(tenant, async (em) => {
    for (const day of new Set(facts.map(({ date }) => date))) {
      await em.execute('select ensure_metrics_partition(?::date)', [day]);
    }
    await em.execute(
      `create temp table named on commit drop as
       select f.*, md5(? || campaign)::uuid as campaign_id,
         md5(? || concat_ws('|', campaign, strategy))::uuid as strategy_id,
         md5(? || concat_ws('|', campaign, strategy, placement))::uuid as placement_id,
         md5(? || concat_ws('|', campaign, strategy, placement, creative))::uuid as creative_id
       from jsonb_to_recordset(?::jsonb) as f (date date, campaign text, strategy text, placement text,
         creative text, impressions bigint, clicks bigint, conversions numeric, revenue numeric,
         spend numeric, media_cost numeric, completed_views bigint)`,
      [...Array<string>(4).fill(feed.clientId), JSON.stringify(facts)],
    );
    await putMedia(em, feed);
    await em.execute('delete from daily_metrics where feed_id = ?', [feed.id]);
    await em.execute('delete from daily_rollups where feed_id = ?', [feed.id]);
    await em.execute(
      `insert into daily_metrics (feed_id, organization_id, client_id, date, campaign_id, strategy_id,
         placement_id, creative_id, ${amounts})
       select ?, ?, ?, date, campaign_id, strategy_id, placement_id, creative_id, ${amounts} from named`,
      [feed.id, feed.organizationId, feed.clientId],
    );
    const own = `(select * from daily_metrics where feed_id = ?)`;
    await em.execute(`insert into daily_rollups ${rollUpQuery(own)}`, [feed.id]);
    await em.execute(
      `insert into slices (feed_id, date, organization_id, client_id, status, version)
       select distinct ?::uuid, date, ?::uuid, ?::uuid, 'APPLIED', 1 from named
       on conflict (feed_id, date) do update set version = slices.version + 1`,
      [feed.id, feed.organizationId, feed.clientId],
    );
  });
}

async function putMedia(em: EntityManager, { organizationId, clientId, source }: Feed) {
  const levels = ['campaign', 'strategy', 'placement', 'creative'];
  const tables = ['campaigns', 'strategies', 'placements', 'creatives'];
  for (const [index, level] of levels.entries()) {
    const parent = levels[index - 1];
    await em.execute(
      `insert into ${tables[index]} (id, organization_id, client_id, name,
         ${parent ? `${parent}_id` : 'source'})
       select distinct ${level}_id, ?::uuid, ?::uuid, ${level}, ${parent ? `${parent}_id` : '?'} from named
       on conflict do nothing`,
      [organizationId, clientId, ...(parent ? [] : [source])],
    );
  }
}
