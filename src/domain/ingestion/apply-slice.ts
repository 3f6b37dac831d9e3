import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import { rollUpSlice } from '../metrics/roll-up.ts';
import { facts } from './build-facts.ts';
import { compareSlice, type SliceOutcome, type SliceToApply } from './compare-slice.ts';
import type { SliceTotals } from './slice-totals.ts';

/**
 * Make staged rows the whole truth of one day of one feed, within the caller's transaction.
 *
 * The day is compared before it is replaced: the same rows again write nothing. Writers of one slice take turns
 * on its row. Source: docs/rules.md, ingestion 1, 3, 4, 5 and 7.
 *
 * @throws {Error} when staged rows are gone.
 */
export async function applySlice(em: EntityManager, slice: SliceToApply): Promise<SliceOutcome> {
  const { feed, date, staged } = slice;
  const { version: current, after, outcome } = await compareSlice(em, slice);
  if (!after || outcome.status === 'HELD') return outcome;
  if (outcome.status === 'UNCHANGED') {
    await recordSlice(em, slice, after, current);
    return { ...outcome, version: current };
  }
  await replaceFacts(em, feed, date);
  const version = current + 1;
  await recordSlice(em, slice, after, version);
  const cause = slice.isRevert ? 'REVERT' : 'INGESTION';
  await em.execute(
    `insert into fact_changes (organization_id, client_id, feed_id, date, version, cause, cause_id)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [feed.organizationId, feed.clientId, feed.id, date, version, cause, staged.runSliceId],
  );
  return { ...outcome, version };
}

/** Make the finished facts those of the day, with what is summed from them and the rates they were priced at. */
async function replaceFacts(em: EntityManager, feed: Feed, date: LocalDate): Promise<void> {
  const key = [feed.id, date];
  const origin = [...key, feed.organizationId, feed.clientId];
  await em.execute('delete from daily_metrics where feed_id = ? and date = ?', key);
  await em.execute(
    `insert into daily_metrics (feed_id, date, organization_id, client_id, ${facts})
     select ?, ?, ?, ?, ${facts} from slice_facts order by creative_id`,
    origin,
  );
  const ofSlice = `(
    select ?::uuid as feed_id, ?::date as date, ?::uuid as organization_id, ?::uuid as client_id, ${facts}
    from slice_facts)`;
  await rollUpSlice(em, { feedId: feed.id, date }, ofSlice, origin);
  await em.execute('delete from applied_rates where feed_id = ? and date = ?', key);
  await em.execute(
    `insert into applied_rates (feed_id, date, organization_id, client_id, campaign_id, rate_card_id, cpm)
     select ?::uuid, ?::date, ?::uuid, ?::uuid, campaign_id, rate_card_id, cpm from slice_rates`,
    origin,
  );
}

async function recordSlice(
  em: EntityManager,
  { feed, date, sourcePosition, objectIds, staged, isRevert }: SliceToApply,
  totals: SliceTotals,
  version: number,
): Promise<void> {
  await em.execute(
    `update slices set status = 'APPLIED', reason = null, version = ?,
       -- of what somebody put back it is as of what it replaces: nothing older comes in between
       source_position = greatest(source_position, ?),
       passed_over = array(
         select unnest(passed_over || case when ? then object_ids else '{}' end)
         except select unnest(?::uuid[])
       ),
       object_ids = ?::uuid[], row_count = ?, impressions = ?, run_slice_id = ?, updated_at = now()
     where feed_id = ? and date = ?`,
    [
      ...[version, sourcePosition, isRevert, arrayLiteral(objectIds), arrayLiteral(objectIds)],
      ...[totals.rows, totals.impressions, staged.runSliceId, feed.id, date],
    ],
  );
}

/** Make the partition that a day's facts go to, where there is none yet; any worker may, at any time. */
export async function ensurePartition(em: EntityManager, date: LocalDate): Promise<void> {
  await em.execute('select ensure_metrics_partition(?)', [date]);
}
