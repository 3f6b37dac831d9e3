import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { beginPricing } from '../rate-card/take-turns.ts';
import { refuseArchived } from '../retention/refuse-archived.ts';
import { buildFacts, facts } from './build-facts.ts';
import { findDoubt } from './find-doubt.ts';
import { type LockedSlice, lockSlice } from './lock-slice.ts';
import type { RunSlice } from './run-slice.entity.ts';
import type { SliceTotals } from './slice-totals.ts';
import type { StagedSlice } from './staging.ts';

/** What became of a slice, to be kept with its run. */
export type SliceOutcome = Pick<RunSlice, 'status' | 'reason'> &
  Partial<
    Pick<
      RunSlice,
      | ('version' | 'rowsMerged' | 'totalsBefore' | 'totalsAfter')
      | ('rowsInserted' | 'rowsUpdated' | 'rowsRemoved')
    >
  >;

export interface SliceToApply {
  feed: Feed;
  date: LocalDate;
  staged: StagedSlice;
  /** How many rows were staged. */
  stagedRows: number;
  /** Instant of the objects that the rows came from; an older one never replaces a newer. */
  sourcePosition: Date;
  objectIds: string[];
  /** Apply even what would be held: somebody has looked at it. */
  isApproved: boolean;
  /** The run slice that the day must still be by, where its objects are put in place of others by hand. */
  replacesId: string | null;
  /** The version that the day must still have, where somebody was told what would be replaced. */
  expectedVersion: number | null;
  /** Whether the objects that it replaces are decided against. */
  isRevert: boolean;
}

/** A slice as it was found and as it would be; its status says what applying it would do. */
export interface ComparedSlice {
  /** The version in force; 0 where the day never had data. */
  version: number;
  after: SliceTotals | null;
  outcome: SliceOutcome & { status: 'APPLIED' | 'UNCHANGED' | 'HELD' | 'SUPERSEDED' };
}

/**
 * Compare staged rows with the day that they would replace, within the caller's transaction, whose turn on the slice it
 * is from then on.
 *
 * Entities are found or created, equal keys are summed, and spend is computed from the rate in force: the finished
 * facts are in the temporary table `slice_facts`. Source: docs/rules.md, ingestion 4, 5 and 7, and formulas.
 *
 * @throws {Error} when staged rows are gone: scratch does not outlive a crash of the database; {DomainError}
 *   BAD_USER_INPUT when the day is archived.
 */
export async function compareSlice(em: EntityManager, slice: SliceToApply): Promise<ComparedSlice> {
  const { feed, date } = slice;
  const key = [feed.id, date];
  const current = await lockSlice(em, feed, date);
  // Here as well, since the month can have left since the run was made.
  await refuseArchived(em, feed.clientId, { from: date, to: date }, 'BAD_USER_INPUT');
  const { version } = current;
  const overtaken = findOvertaken(current, slice);
  if (overtaken) {
    return { version, after: null, outcome: { status: 'SUPERSEDED', reason: overtaken } };
  }

  await beginPricing(em, feed.clientId);
  const rows = await buildFacts(em, feed, date, slice.staged);
  if (rows !== slice.stagedRows)
    throw new Error(`Of ${slice.stagedRows} staged rows ${rows} are left`);
  const before = version > 0 ? await sumDay(em, feed, date, current) : null;
  const after = await sumFacts(em);
  const totals = {
    rowsMerged: slice.stagedRows - after.rows,
    totalsBefore: before,
    totalsAfter: after,
  };

  const doubt = slice.isApproved ? null : await findDoubt(em, feed, date, current, after);
  if (doubt?.isHeld) {
    return { version, after, outcome: { ...totals, status: 'HELD', reason: doubt.reason } };
  }
  const changes =
    version > 0 ? await countChanges(em, key) : { ...noChanges, rowsInserted: after.rows };
  const isSame = version > 0 && Object.values(changes).every((rows) => rows === 0);
  if (isSame) return { version, after, outcome: { ...totals, status: 'UNCHANGED', reason: null } };
  const reason = doubt?.reason ?? null;
  return { version, after, outcome: { ...totals, ...changes, status: 'APPLIED', reason } };
}

/** Why the day is no longer this run's to replace; null where it is. */
function findOvertaken(
  current: LockedSlice,
  { replacesId, expectedVersion, sourcePosition }: SliceToApply,
): string | null {
  if (expectedVersion !== null && current.version !== expectedVersion) {
    return 'The day has moved on since it was previewed.';
  }
  if (replacesId) {
    return current.run_slice_id === replacesId ? null : 'The day has moved on since.';
  }
  const isOlder = current.source_position && new Date(current.source_position) > sourcePosition;
  return isOlder ? 'A newer file was applied before this one.' : null;
}

const sums = `coalesce(sum(impressions), 0) as impressions, sum(clicks) as clicks,
  sum(conversions) as conversions, sum(revenue) as revenue, coalesce(sum(spend), 0) as spend`;
type Sums = Record<keyof SliceTotals, string | null>;

async function sumFacts(em: EntityManager): Promise<SliceTotals> {
  const [totals] = await em.execute<Sums[]>(`select count(*) as rows, ${sums} from slice_facts`);
  return totalsOf(totals);
}

/** What the day is now, by what was summed of it when it was applied. */
async function sumDay(
  em: EntityManager,
  { id, clientId }: Feed,
  date: LocalDate,
  { row_count: rows }: LockedSlice,
): Promise<SliceTotals> {
  const [totals] = await em.execute<Sums[]>(
    `select ${sums} from daily_rollups where entity_id = ? and feed_id = ? and date = ?`,
    [clientId, id, date],
  );
  return { ...totalsOf(totals), rows };
}

function totalsOf(totals: Sums | undefined): SliceTotals {
  return {
    rows: Number(totals?.rows),
    impressions: Number(totals?.impressions),
    clicks: totals?.clicks == null ? null : Number(totals.clicks),
    conversions: plainDecimal(totals?.conversions ?? null),
    revenue: plainDecimal(totals?.revenue ?? null),
    spend: plainDecimal(totals?.spend ?? '0'),
  };
}

const noChanges = { rowsInserted: 0, rowsUpdated: 0, rowsRemoved: 0 };

/** How many creatives the day has anew, with other facts, and no more. */
async function countChanges(em: EntityManager, key: string[]): Promise<typeof noChanges> {
  const [changes] = await em.execute<(typeof noChanges)[]>(
    `select count(*) filter (where o.creative_id is null)::int as "rowsInserted",
       count(*) filter (where n.creative_id is not null and o.creative_id is not null)::int as "rowsUpdated",
       count(*) filter (where n.creative_id is null)::int as "rowsRemoved"
     from (select ${facts} from slice_facts) n
     full join (select ${facts} from daily_metrics where feed_id = ? and date = ?) o
       on o.creative_id = n.creative_id
     where n is distinct from o`,
    key,
  );
  return changes ?? noChanges;
}
