import { randomUUID } from 'node:crypto';
import type { LocalDate } from '../../src/domain/calendar.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { levels } from '../../src/domain/media/levels.ts';
import { rollUpSlice } from '../../src/domain/metrics/roll-up.ts';
import type { Agency } from './agency.ts';

/** Ids by path: 'Brand', 'Brand/Geo', 'Brand/Geo/Display', 'Brand/Geo/Display/300x250'. */
export type MediaIds = ReadonlyMap<string, string>;

/** What happened to a creative on a day; what is left out is null, as where a source does not report it. */
export interface MediaFact {
  path: string;
  date: LocalDate;
  impressions: number;
  clicks?: number | null;
  conversions?: number | null;
  revenue?: number | null;
  spend?: number;
  mediaCost?: number | null;
}

type Owner = Pick<Feed, 'organizationId' | 'clientId' | 'source'>;

/**
 * Put media into a client, past any file.
 *
 * @param paths of creatives, or of nodes above them; a part is a name, up to a '#' that tells equal names apart.
 */
export async function addMedia(
  { database, tenant }: Pick<Agency, 'database' | 'tenant'>,
  { organizationId, clientId, source }: Owner,
  paths: readonly string[],
): Promise<MediaIds> {
  const ids = new Map<string, string>();
  await database.withTenant(tenant, async (em) => {
    for (const [depth, { table, parentColumn }] of levels.entries()) {
      const parts = paths.map((path) => path.split('/')).filter((each) => each.length > depth);
      const rows = [...new Set(parts.map((each) => each.slice(0, depth + 1).join('/')))].map(
        (path) => ({
          id: randomUUID(),
          path,
          name: path.split('/').at(-1)?.split('#')[0],
          parent: depth === 0 ? clientId : ids.get(path.split('/').slice(0, -1).join('/')),
        }),
      );
      for (const { id, path } of rows) ids.set(path, id);
      const [columns, values] = depth === 0 ? ['source', '?'] : ['client_id', '?::uuid'];
      await em.execute(
        `insert into ${table} (id, organization_id, name, ${parentColumn}, ${columns})
         select id, ?, name, parent, ${values}
         from jsonb_to_recordset(?::jsonb) as row (id uuid, name text, parent uuid)`,
        [organizationId, depth === 0 ? source : clientId, JSON.stringify(rows)],
      );
    }
  });
  return ids;
}

/** Put facts into a feed, and into the roll-ups; days that it has already are not for this. */
export async function addFacts(
  { database, tenant }: Pick<Agency, 'database' | 'tenant'>,
  feed: Feed,
  ids: MediaIds,
  facts: readonly MediaFact[],
): Promise<void> {
  const rows = facts.map(({ path, mediaCost = null, spend = 0, ...fact }) => {
    const parts = path.split('/');
    const at = (depth: number) => ids.get(parts.slice(0, depth).join('/'));
    return {
      ...{ ...fact, media_cost: mediaCost, spend },
      ...{ campaign_id: at(1), strategy_id: at(2), placement_id: at(3), creative_id: at(4) },
    };
  });
  await database.withTenant(tenant, async (em) => {
    for (const date of new Set(facts.map((fact) => fact.date))) {
      await em.execute('select ensure_metrics_partition(?)', [date]);
      await em.execute(
        `insert into daily_metrics (feed_id, date, organization_id, client_id, creative_id, campaign_id,
           strategy_id, placement_id, impressions, clicks, conversions, revenue, spend, media_cost)
         select ?, ?, ?, ?, creative_id, campaign_id, strategy_id, placement_id, impressions, clicks,
           conversions, revenue, spend, media_cost
         from jsonb_to_recordset(?::jsonb) as row (creative_id uuid, campaign_id uuid, strategy_id uuid,
           placement_id uuid, impressions bigint, clicks bigint, conversions numeric, revenue numeric,
           spend numeric, media_cost numeric)`,
        [
          ...[feed.id, date, feed.organizationId, feed.clientId],
          JSON.stringify(rows.filter((row) => row.date === date)),
        ],
      );
      const slice = '(select * from daily_metrics where feed_id = ? and date = ?)';
      await rollUpSlice(em, { feedId: feed.id, date }, slice, [feed.id, date]);
    }
  });
}
