import type { EntityManager } from '@mikro-orm/postgresql';
import { Feed } from '../feed/feed.entity.ts';
import { lockSlice } from '../ingestion/lock-slice.ts';
import { rollUpSlice } from '../metrics/roll-up.ts';
import { refuseArchived } from '../retention/refuse-archived.ts';
import { rateInForce } from './rate-in-force.ts';
import type { FeedDay } from './repricing.ts';
import { beginPricing } from './take-turns.ts';

/**
 * Compute the spend of one day of a feed by the rates in force now, within the caller's transaction: its facts, what is
 * summed of them, and the rates that they were priced at. Who writes the day takes turns, so that a load that ran
 * meanwhile is priced as well. Again changes nothing. Source: docs/rules.md, ingestion 12.
 *
 * @param causeId what has it done: the run of the job.
 * @returns whether the spend of any of its campaigns changed.
 */
export async function repriceDay(
  em: EntityManager,
  { feedId, date }: FeedDay,
  causeId: string,
): Promise<boolean> {
  const feed = await em.findOneOrFail(Feed, feedId);
  const { version } = await lockSlice(em, feed, date);
  const { organizationId, clientId, source } = feed;
  await refuseArchived(em, clientId, { from: date, to: date });
  await beginPricing(em, clientId);
  const key = [feedId, date];
  await em.execute(
    `create temporary table day_rates on commit drop as
     select c.campaign_id, r.cpm, r.rate_card_id
     from (select distinct campaign_id from daily_metrics where feed_id = ? and date = ?) c
     cross join lateral (${rateInForce('c.campaign_id')}) r`,
    [...key, organizationId, clientId, source, date],
  );
  const [changed] = await em.execute<{ any: boolean }[]>(
    `with changed as (
       update daily_metrics f set spend = f.impressions * r.cpm / 1000
       from day_rates r
       where f.feed_id = ? and f.date = ? and f.campaign_id = r.campaign_id
         and f.spend <> f.impressions * r.cpm / 1000
       returning 1
     )
     select exists (select from changed) as any`,
    key,
  );
  await em.execute('delete from applied_rates where feed_id = ? and date = ?', key);
  await em.execute(
    `insert into applied_rates (feed_id, date, organization_id, client_id, campaign_id, rate_card_id, cpm)
     select ?, ?, ?, ?, campaign_id, rate_card_id, cpm from day_rates`,
    [...key, organizationId, clientId],
  );
  if (!changed?.any) return false;

  const facts = '(select * from daily_metrics where feed_id = ? and date = ?)';
  await rollUpSlice(em, { feedId, date }, facts, key);
  // `updated_at` stays: it says when the day was loaded.
  await em.execute('update slices set version = ? where feed_id = ? and date = ?', [
    version + 1,
    ...key,
  ]);
  await em.execute(
    `insert into fact_changes (organization_id, client_id, feed_id, date, version, cause, cause_id)
     values (?, ?, ?, ?, ?, 'RATE_CARD', ?)`,
    [organizationId, clientId, ...key, version + 1, causeId],
  );
  return true;
}
