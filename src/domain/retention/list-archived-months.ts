import type { EntityManager } from '@mikro-orm/postgresql';

/** A month of which facts are in files. */
export interface ArchivedMonth {
  /** Its first day. */
  month: string;
  /** How many clients have a file of it. */
  clients: number;
  rows: number;
  sizeBytes: number;
  /** Since when the facts are in files alone; null while they are in the database, too. */
  removedAt: Date | null;
  /** Until when facts that were put back stay at least; null where none were. */
  hotUntil: Date | null;
}

/** The months that have been archived, the newest first. */
export async function listArchivedMonths(em: EntityManager): Promise<ArchivedMonth[]> {
  const rows = await em.execute<
    (Record<'month' | 'rows' | 'sizeBytes', string> &
      Record<'removedAt' | 'hotUntil', string | null> & { clients: number })[]
  >(
    `select to_char(month, 'YYYY-MM-DD') as month, count(*)::int as clients, sum((sums ->> 'rows')::bigint) as rows,
       sum(size_bytes) as "sizeBytes", min(removed_at) as "removedAt",
       max(hot_until) filter (where hot_until > now()) as "hotUntil"
     from metric_archives where sha256 is not null
     group by 1 order by 1 desc`,
  );
  return rows.map((row) => ({
    ...row,
    rows: Number(row.rows),
    sizeBytes: Number(row.sizeBytes),
    removedAt: row.removedAt === null ? null : new Date(row.removedAt),
    hotUntil: row.hotUntil === null ? null : new Date(row.hotUntil),
  }));
}
