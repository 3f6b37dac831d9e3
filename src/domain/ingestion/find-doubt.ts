import type { EntityManager } from '@mikro-orm/postgresql';
import { dayOfWeek, type LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import type { LockedSlice } from './lock-slice.ts';
import type { SliceTotals } from './slice-totals.ts';

/** What is odd about a slice before it is applied: whether it must wait for an admin, and why. */
export interface SliceDoubt {
  isHeld: boolean;
  reason: string;
}

/**
 * Compare a slice with what it would replace or, on its first delivery, with what its weekday usually has.
 *
 * A restatement is held when its rows or its impressions fall under the feed's share of what it would
 * replace; a first delivery only when its rows fall under that share of the median of the same weekday
 * in the last 4 weeks. A fall in its impressions alone is said, and applied: it is real life as often as
 * not. Source: docs/rules.md, ingestion 5.
 */
export async function findDoubt(
  em: EntityManager,
  feed: Feed,
  date: LocalDate,
  current: LockedSlice,
  after: SliceTotals,
): Promise<SliceDoubt | null> {
  const share = feed.holdBelowShare;
  const under = `under ${Math.round(share * 100)} % of them.`;
  if (current.version > 0) {
    const [rows, impressions] = [current.row_count, Number(current.impressions)];
    if (after.rows < rows * share) {
      return { isHeld: true, reason: `${after.rows} rows would replace ${rows}: ${under}` };
    }
    if (after.impressions < impressions * share) {
      const counts = `${after.impressions} impressions would replace ${impressions}`;
      return { isHeld: true, reason: `${counts}: ${under}` };
    }
    return null;
  }
  const [usual] = await em.execute<{ rows: number | null; impressions: number | null }[]>(
    `select percentile_cont(0.5) within group (order by row_count) as rows,
       percentile_cont(0.5) within group (order by impressions) as impressions
     from slices
     where feed_id = ? and version > 0 and date between ?::date - 28 and ?::date - 1
       and extract(isodow from date) = ?`,
    [feed.id, date, date, dayOfWeek(date)],
  );
  const weekday = 'where this weekday usually has';
  if (usual?.rows && after.rows < usual.rows * share) {
    return {
      isHeld: true,
      reason: `${after.rows} rows ${weekday} ${Math.round(usual.rows)}: ${under}`,
    };
  }
  if (usual?.impressions && after.impressions < usual.impressions * share) {
    const counts = `${after.impressions} impressions ${weekday} ${Math.round(usual.impressions)}`;
    return { isHeld: false, reason: `${counts}: ${under}` };
  }
  return null;
}
