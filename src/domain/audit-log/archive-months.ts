import type { EntityManager } from '@mikro-orm/postgresql';

/** Whose entries: the tenant's, or those that belong to nobody, which any tenant's worker archives. */
export const logOwners = ['ORGANIZATION', 'DEPLOYMENT'] as const;
export type LogOwner = (typeof logOwners)[number];

/** A month of a log that is old enough to leave it. */
export interface OldMonth {
  owner: LogOwner;
  /** Its first day. */
  month: string;
  /** Its ends, as PostgreSQL writes instants. */
  begins: string;
  ends: string;
}

/** Where entries go on: after this one. */
interface Place {
  at: string;
  id: string;
}

/** A file that holds a month, read back. */
interface ArchivedFile {
  key: string;
  entries: number;
  sizeBytes: number;
  sha256: string;
}

const beforeAll: Place = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/**
 * The oldest month of which every entry is older than it has to be kept; null where there is none.
 *
 * @param keptMonths at least 24, whatever is asked for: the database lets go of nothing younger.
 */
export async function findOldMonth(
  em: EntityManager,
  owner: LogOwner,
  keptMonths: number,
): Promise<OldMonth | null> {
  const [row] = await em.execute<Omit<OldMonth, 'owner'>[]>(
    `select to_char(first.month, 'YYYY-MM-DD') as month, (first.month at time zone 'UTC')::text as begins,
       ((first.month + interval '1 month') at time zone 'UTC')::text as ends
     from (
       select date_trunc('month', e.at at time zone 'UTC') as month
       from audit_log_to_archive(
         ?, (date_trunc('month', now() at time zone 'UTC') - make_interval(months => ?)) at time zone 'UTC',
         ?::timestamptz, ?::uuid, 1
       ) e
     ) first`,
    [owner === 'DEPLOYMENT', keptMonths, beforeAll.at, beforeAll.id],
  );
  return row ? { owner, ...row } : null;
}

/** Entries as JSON, in their order, and where they go on; null at the end. */
export interface OldEntries {
  lines: string[];
  last: Place | null;
}

/** Read entries of a month. @param after where they go on; null for the first of it. */
export async function readOldEntries(
  em: EntityManager,
  { owner, begins, ends }: OldMonth,
  after: Place | null,
  most: number,
): Promise<OldEntries> {
  const from = after ?? { at: begins, id: beforeAll.id };
  const rows = await em.execute<(Place & { line: string })[]>(
    `select to_jsonb(e)::text as line, e.at::text as at, e.id::text as id
     from audit_log_to_archive(?, ?::timestamptz, ?::timestamptz, ?::uuid, ?) e
     order by e.at, e.id`,
    [owner === 'DEPLOYMENT', ends, from.at, from.id, most],
  );
  const last = rows.length < most ? null : (rows.at(-1) ?? null);
  return { lines: rows.map(({ line }) => line), last };
}

/** Keys of the files that hold what left the log of a month. */
export async function findArchivedKeys(
  em: EntityManager,
  { owner, month }: OldMonth,
): Promise<string[]> {
  const rows = await em.execute<{ file_key: string }[]>(
    'select file_key from audit_archives where (organization_id is null) = ? and month = ?::date',
    [owner === 'DEPLOYMENT', month],
  );
  return rows.map(({ file_key }) => file_key);
}

/**
 * Remove a month from the log, and say where it is from now on: both or neither.
 *
 * @throws {Error} when the file has not exactly the month's entries.
 */
export async function removeArchived(
  em: EntityManager,
  { owner, month }: OldMonth,
  { key, entries, sizeBytes, sha256 }: ArchivedFile,
): Promise<void> {
  await em.execute('select archive_audit_month(?, ?::date, ?, ?, ?, ?)', [
    ...[owner === 'DEPLOYMENT', month, key, entries, sizeBytes, sha256],
  ]);
}
