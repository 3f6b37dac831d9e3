import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import type { MediaLevel } from '../media/levels.ts';
import { buildQuery } from '../metric-rows/build-query.ts';
import { ownId } from '../metric-rows/columns.ts';
import type { MetricKey } from '../metrics/registry.ts';
import { sumMetrics } from '../metrics/sum-metrics.ts';
import type { Totals } from '../metrics/totals.ts';
import type { SummaryThresholds } from './summary-settings.ts';

/** A campaign or creative that stands out, and its sums. */
export interface RankedMedia {
  id: string;
  totals: Totals;
}

/** Those that stand out, the foremost first. */
export interface Rankings {
  campaignsByConversions: RankedMedia[];
  campaignsByRevenue: RankedMedia[];
  /** Of those with enough impressions. */
  creativesByCtr: RankedMedia[];
  /** Of those with enough impressions. */
  creativesByConversions: RankedMedia[];
  /** Campaigns that cost much and bring little, the dearest first. */
  underperformers: RankedMedia[];
}

/** How long each list is at most. Source: seed 001, 5.14. */
const most = 5;

interface List {
  name: keyof Rankings;
  /** SQL of which rows `r` are among it; what is undefined never is. */
  where: string;
  parameters?: unknown[];
  by: MetricKey;
}

/** Find the campaigns and creatives of a client that stand out over a range; ties are broken by id. */
export async function rankMedia(
  em: EntityManager,
  clientId: string,
  range: DateRange,
  { ctr, spend, conversions, impressions }: SummaryThresholds,
): Promise<Rankings> {
  const ofCampaigns = await rankLevel(em, 'campaign', clientId, range, [
    { name: 'campaignsByConversions', where: 'r.conversions > 0', by: 'conversions' },
    { name: 'campaignsByRevenue', where: 'r.revenue > 0', by: 'revenue' },
    {
      ...{ name: 'underperformers', by: 'spend' },
      where: 'r.ctr < ?::numeric and r.spend > ?::numeric and r.conversions < ?::numeric',
      parameters: [ctr, spend, conversions],
    },
  ]);
  const isEnough = { parameters: [impressions] };
  const ofCreatives = await rankLevel(em, 'creative', clientId, range, [
    { name: 'creativesByCtr', where: 'r.impressions >= ? and r.ctr > 0', by: 'ctr', ...isEnough },
    {
      ...{ name: 'creativesByConversions', by: 'conversions', ...isEnough },
      where: 'r.impressions >= ? and r.conversions > 0',
    },
  ]);
  const of = (name: keyof Rankings) => ofCampaigns.get(name) ?? ofCreatives.get(name) ?? [];
  return {
    campaignsByConversions: of('campaignsByConversions'),
    campaignsByRevenue: of('campaignsByRevenue'),
    creativesByCtr: of('creativesByCtr'),
    creativesByConversions: of('creativesByConversions'),
    underperformers: of('underperformers'),
  };
}

/** The lists of one level: its rows are made once, whatever the number of lists. */
async function rankLevel(
  em: EntityManager,
  level: MediaLevel,
  clientId: string,
  range: DateRange,
  lists: readonly List[],
): Promise<Map<string, RankedMedia[]>> {
  const query = {
    ...{ dimensions: [level], filters: { clientIds: [clientId] }, range, weekStartsOn: 1 },
    metrics: ['impressions', 'conversions', 'revenue', 'spend', 'ctr'] as const,
  };
  const { sql, parameters } = buildQuery(query, (_, id) => id);
  const id = `r."${ownId(`${level}Id`)}"`;
  const ranked = lists.map(
    ({ name, where, by }) => `(
      select '${name}' as name, ${id} as id, row_number() over (order by r."${by}" desc, ${id}) as rank
      from r where ${where} order by rank limit ${most})`,
  );
  const rows = await em.execute<{ name: string; id: string }[]>(
    `with r as materialized (${sql}) ${ranked.join(' union all ')} order by name, rank`,
    [...parameters, ...lists.flatMap((list) => list.parameters ?? [])],
  );
  const sums = await sumMetrics(em, level, [...new Set(rows.map((row) => row.id))], range);
  const ranking = rows.map((row) => ({ ...row, totals: sums.get(row.id) ?? [] }));
  const byName = Map.groupBy(ranking, ({ name }) => name);
  return new Map(
    [...byName].map(([name, each]) => [name, each.map(({ id, totals }) => ({ id, totals }))]),
  );
}
