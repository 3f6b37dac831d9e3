import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { DateRange, LocalDate } from '../calendar.ts';
import { readRows } from '../read-rows.ts';

/**
 * Why a day has no data: its facts were archived, what its last run came to, nothing tried yet, or none is to be expected:
 * it lies before the feed's first day, or after the last one of a feed that is paused.
 */
export const gapStatuses = [
  ...(['ARCHIVED', 'MISSING', 'HELD', 'FAILED', 'PENDING'] as const),
  ...(['BEFORE_FIRST_DATA', 'ENDED'] as const),
] as const;

/** A day of a feed without data. */
export interface Gap {
  feedId: string;
  feedName: string;
  date: LocalDate;
  status: (typeof gapStatuses)[number];
  reason: string | null;
  /** Whether the day is archived, and its client's and campaigns' sums of the month are kept. */
  isSummed: boolean;
}

/** A feed, and its days without data in order. */
export interface FeedGaps {
  feedId: string;
  gaps: Gap[];
}

/** Whether data of a day without any were to be expected. */
export function isAwaited({ status }: Pick<Gap, 'status'>): boolean {
  return status !== 'BEFORE_FIRST_DATA' && status !== 'ENDED';
}

/** The days of a range on which feeds have no data, by feed, in order. */
export async function findGaps(
  em: EntityManager,
  feedIds: readonly string[],
  range: DateRange,
): Promise<Map<string, Gap[]>> {
  const feeds = gatherGaps(await readGaps(em, 'id', feedIds, range));
  const byFeed = new Map(feeds.map(({ feedId, gaps }) => [feedId, gaps]));
  return new Map(feedIds.map((id) => [id, byFeed.get(id) ?? []]));
}

/** The same of all the feeds of clients, by client; feeds by name. */
export async function findGapsOfClients(
  em: EntityManager,
  clientIds: readonly string[],
  range: DateRange,
): Promise<Map<string, FeedGaps[]>> {
  const byClient = Map.groupBy(
    await readGaps(em, 'client_id', clientIds, range),
    ({ clientId }) => clientId,
  );
  return new Map(clientIds.map((id) => [id, gatherGaps(byClient.get(id) ?? [])]));
}

/** A day of a feed without data, or a feed that has all of them. */
type GapRow = { clientId: string; feedId: string } & (Gap | { date: null });

function readGaps(
  em: EntityManager,
  column: 'id' | 'client_id',
  ids: readonly string[],
  range: DateRange,
): Promise<GapRow[]> {
  return readRows<GapRow>(
    em,
    `select f.client_id as "clientId", f.id as "feedId", f.name as "feedName", gap.date::text as date,
       gap.status, gap.reason, gap."isSummed"
     from feeds f
     left join lateral (
       select date from slices where feed_id = f.id and version > 0 order by date limit 1
     ) first on true
     left join lateral (
       select s.date from schedules p join slices s on s.feed_id = p.feed_id and s.version > 0
       where p.feed_id = f.id and not p.enabled order by s.date desc limit 1
     ) ended on true
     left join lateral (
       select day::date as date, s.reason,
         case when s.status = 'ARCHIVED' then s.status
           when day > ended.date and coalesce(s.status, '') not in ('HELD', 'FAILED') then 'ENDED'
           when s.status in ('HELD', 'FAILED', 'MISSING') and s.run_slice_id is not null then s.status
           when day < first.date or first.date is null and s.feed_id is null then 'BEFORE_FIRST_DATA'
           else 'PENDING' end as status,
         s.status = 'ARCHIVED' and exists (
           select from monthly_rollups m
           where m.entity_id = f.client_id and m.date = date_trunc('month', day)::date
         ) as "isSummed"
       from generate_series($2::timestamp, $3::timestamp, interval '1 day') day
       left join slices s on s.feed_id = f.id and s.date = day::date
       where coalesce(s.version, 0) = 0 or s.status = 'ARCHIVED'
     ) gap on true
     where f.${column} = any ($1::uuid[])
     order by f.name, f.id, gap.date`,
    [arrayLiteral(ids), range.from, range.to],
  );
}

function gatherGaps(rows: readonly GapRow[]): FeedGaps[] {
  const byFeed = Map.groupBy(rows, ({ feedId }) => feedId);
  return Array.from(byFeed, ([feedId, ofFeed]) => ({
    feedId,
    gaps: ofFeed.filter((row) => row.date !== null),
  }));
}
