import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';

/** A slice as its writer finds it; version 0 is a day that never had data. */
export interface LockedSlice {
  version: number;
  row_count: number;
  impressions: string;
  source_position: string | null;
  run_slice_id: string | null;
}

/** Take the turn on a slice until the transaction ends, making its row on the first delivery. */
export async function lockSlice(
  em: EntityManager,
  feed: Feed,
  date: LocalDate,
): Promise<LockedSlice> {
  await em.execute(
    `insert into slices (feed_id, date, organization_id, client_id, status)
     values (?, ?, ?, ?, 'MISSING') on conflict do nothing`,
    [feed.id, date, feed.organizationId, feed.clientId],
  );
  const [slice] = await em.execute<LockedSlice[]>(
    `select version, row_count, impressions, source_position, run_slice_id from slices
     where feed_id = ? and date = ? for update`,
    [feed.id, date],
  );
  if (!slice) throw new Error(`The slice of ${date} is not visible to its own feed`);
  return slice;
}
