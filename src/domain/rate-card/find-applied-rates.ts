import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { Campaign } from '../media/campaign.entity.ts';
import type { NodeLevel } from '../media/levels.ts';
import { factsOf } from '../metrics/facts-of.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { RateCard } from './rate-card.entity.ts';

/** What the spend of a campaign's day of a feed was computed with. */
export interface AppliedRate {
  /** As its files name it, before merges. */
  campaign: Campaign;
  cpm: string;
  /** Null where it was the organization's default. */
  rateCard: RateCard | null;
}

interface Row {
  feedId: string;
  campaignId: string;
  rateCardId: string | null;
  cpm: string;
}

/** The rates that the spend of a node on one day was computed with, by feed, in the order of campaigns' names. */
export async function findAppliedRates(
  em: EntityManager,
  group: NodeLevel,
  id: string,
  date: LocalDate,
): Promise<Map<string, AppliedRate[]>> {
  const rows = await em.execute<Row[]>(
    `select distinct r.feed_id as "feedId", r.campaign_id as "campaignId", r.rate_card_id as "rateCardId", r.cpm
     from ${factsOf(group).sql}
     join applied_rates r on r.feed_id = f.feed_id and r.date = f.date
       -- a client's roll-up is of all its campaigns
       and r.campaign_id = coalesce(f.campaign_id, r.campaign_id)`,
    [arrayLiteral([id]), date, date],
  );
  const campaigns = await em.find(
    Campaign,
    { id: { $in: rows.map(({ campaignId }) => campaignId) } },
    { orderBy: { name: 'asc', id: 'asc' } },
  );
  const cardIds = rows.flatMap(({ rateCardId }) => rateCardId ?? []);
  const cards = new Map(
    (await em.find(RateCard, { id: { $in: cardIds } })).map((card) => [card.id, card]),
  );
  const byFeed = Map.groupBy(rows, ({ feedId }) => feedId);
  return new Map(
    [...byFeed].map(([feedId, ofFeed]) => {
      const byCampaign = new Map(ofFeed.map((row) => [row.campaignId, row]));
      const rates = campaigns.flatMap((campaign) => {
        const row = byCampaign.get(campaign.id);
        if (!row) return [];
        const rateCard = cards.get(row.rateCardId ?? '') ?? null;
        return { campaign, cpm: plainDecimal(row.cpm), rateCard };
      });
      return [feedId, rates];
    }),
  );
}
