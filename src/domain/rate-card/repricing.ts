import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange, LocalDate } from '../calendar.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { rateInForce } from './rate-in-force.ts';

/**
 * SQL of loaded campaigns' days whose rate is another by now than the one that their spend was computed with.
 * Parameters: client id, first day, last day.
 */
const repriced = `
  select f.feed_id, f.date, f.campaign_id, f.impressions, f.spend, rate.cpm,
    rate.cpm is distinct from applied.cpm as differs
  from (
    select r.feed_id, r.date, r.campaign_id, sum(r.impressions) as impressions, sum(r.spend) as spend
    from daily_rollups r
    where r.client_id = ? and r.level = 'CAMPAIGN' and r.date between ? and ?
    group by r.feed_id, r.date, r.campaign_id
  ) f
  join feeds fd on fd.id = f.feed_id
  left join applied_rates applied
    on applied.feed_id = f.feed_id and applied.date = f.date and applied.campaign_id = f.campaign_id
  cross join lateral (${rateInForce('f.campaign_id', {
    ...{ organizationId: 'fd.organization_id', clientId: 'fd.client_id' },
    ...{ source: 'fd.source', date: 'f.date' },
  })}) rate
  where (rate.cpm, rate.rate_card_id) is distinct from (applied.cpm, applied.rate_card_id)`;

/** A day of a feed. */
export interface FeedDay {
  feedId: string;
  date: LocalDate;
}

/** The days of a client's feeds that would be priced in another way by now, the earliest first. */
export function findRepricedDays(
  em: EntityManager,
  clientId: string,
  { from, to }: DateRange,
): Promise<FeedDay[]> {
  return em.execute<FeedDay[]>(
    `select distinct feed_id as "feedId", date from (${repriced}) d order by date, feed_id`,
    [clientId, from, to],
  );
}

/** What pricing some days anew would change. Amounts are exact decimals in the client's currency. */
export interface Repricing {
  /** Days with another price. */
  days: number;
  impressions: number;
  spendBefore: string;
  spendAfter: string;
  campaigns: RepricedCampaign[];
}

/** The part of one campaign. */
export interface RepricedCampaign {
  campaignId: string;
  days: number;
  impressions: number;
  spendBefore: string;
  spendAfter: string;
}

interface Row {
  campaignId: string | null;
  days: number;
  impressions: string | null;
  before: string | null;
  after: string | null;
}

const nothing = { days: 0, impressions: 0, spendBefore: '0', spendAfter: '0' };

/** How many campaigns are told apart, those that change most first. */
const mostCampaigns = 100;

/** What pricing a client's days anew would change. @param range null where no day is loaded. */
export async function previewRepricing(
  em: EntityManager,
  clientId: string,
  range: DateRange | null,
): Promise<Repricing> {
  if (!range) return { ...nothing, campaigns: [] };
  const [total, ...campaigns] = await em.execute<Row[]>(
    `select campaign_id as "campaignId", count(distinct date)::int as days, sum(impressions) as impressions,
       sum(spend) as before, sum(impressions * cpm / 1000) as after
     from (${repriced}) d where differs
     group by grouping sets ((), (campaign_id))
     order by campaign_id is not null, abs(sum(spend) - sum(impressions * cpm / 1000)) desc, campaign_id
     limit ${mostCampaigns + 1}`,
    [clientId, range.from, range.to],
  );
  if (!total) throw new Error('A sum of nothing is a row, too');
  return { ...amountsOf(total), campaigns: campaigns.map(ofCampaign) };
}

function ofCampaign(row: Row): RepricedCampaign {
  return { campaignId: String(row.campaignId), ...amountsOf(row) };
}

function amountsOf({ days, impressions, before, after }: Row) {
  return {
    ...{ days, impressions: Number(impressions ?? 0) },
    ...{ spendBefore: plainDecimal(before ?? '0'), spendAfter: plainDecimal(after ?? '0') },
  };
}
