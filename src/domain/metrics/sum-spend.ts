import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import { plainDecimal } from '../plain-decimal.ts';

/** Days of a client or of a campaign, whose spend is asked for under a key. */
export interface SpendingDays extends DateRange {
  key: string;
  clientId: string;
  campaignId: string | null;
}

/** What was spent on some days, and on how many of them that is known of. */
export interface Spending {
  spend: string;
  daysWithData: number;
}

/** SQL of whether all of a month lies within the days `w`. */
const isWhole = (first: string) =>
  `(${first} >= w."from" and (${first} + interval '1 month')::date <= w."to" + 1)`;
const firstOf = `date_trunc('month', s.date::timestamp)::date`;

/** Sum the spend of clients and campaigns, each over days of its own, in one statement; archived months count by their sums. */
export async function sumSpend(
  em: EntityManager,
  asked: readonly SpendingDays[],
): Promise<Map<string, Spending>> {
  const rows = await em.execute<{ key: string; spend: string; days: number }[]>(
    `select w.key, coalesce(own.spend, 0) as spend, loaded.days
     from jsonb_to_recordset(?::jsonb)
       as w (key text, "clientId" uuid, "campaignId" uuid, "from" date, "to" date)
     cross join lateral (
       select sum(f.spend) as spend
       from (
         select coalesce(w."campaignId", w."clientId") as id
         union all select id from campaigns where canonical_id = w."campaignId"
       ) e
       cross join lateral (
         select spend from daily_rollups where entity_id = e.id and date between w."from" and w."to"
         union all
         select spend from monthly_rollups m where entity_id = e.id and ${isWhole('m.date')}
       ) f
     ) own
     cross join lateral (
       select count(distinct date)::int as days from slices s
       where client_id = w."clientId" and version > 0 and date between w."from" and w."to"
         and (status <> 'ARCHIVED' or ${isWhole(firstOf)} and exists (
           select from monthly_rollups m where m.entity_id = s.client_id and m.date = ${firstOf}
         ))
     ) loaded`,
    [JSON.stringify(asked)],
  );
  return new Map(
    rows.map(({ key, spend, days }) => [key, { spend: plainDecimal(spend), daysWithData: days }]),
  );
}
