import type { EntityManager } from '@mikro-orm/postgresql';
import type { KeptFile } from '../feed/object-store.ts';
import type { ClientMonth, WrittenFacts } from './write-fact-file.ts';

/**
 * SQL of the days `s` with facts whose month has been hot for long enough, but for those that were put back for a while.
 * Parameter: how many months are hot.
 */
export const outdatedDays = `
  slices s
  where s.version > 0 and s.status <> 'ARCHIVED'
    and s.date < least(
      (date_trunc('month', now() at time zone 'UTC') - make_interval(months => ?))::date, facts_horizon()
    )
    and not exists (
      select from metric_archives a
      where a.client_id = s.client_id and a.month = date_trunc('month', s.date::timestamp)::date
        and a.hot_until > now()
    )`;

/** The months whose facts are to leave, the oldest first, and of which clients. */
export async function findOutdatedMonths(
  em: EntityManager,
  hotMonths: number,
): Promise<Map<string, string[]>> {
  const rows = await em.execute<{ month: string; clientIds: string[] }[]>(
    `select to_char(s.date, 'YYYY-MM-01') as month, array_agg(distinct s.client_id) as "clientIds"
     from ${outdatedDays}
     group by 1 order by 1`,
    [hotMonths],
  );
  return new Map(rows.map(({ month, clientIds }) => [month, clientIds]));
}

/** Whether a month's file is whole, and says what the facts say by now. */
export async function isArchived(
  em: EntityManager,
  { clientId, month }: ClientMonth,
): Promise<boolean> {
  const rows = await em.execute<object[]>(
    `select from metric_archives a
     left join sums_of_month(?::date) hot on hot.client_id = a.client_id
     where a.client_id = ? and a.month = ?::date and a.sha256 is not null
       and (hot.client_id is null and (a.sums ->> 'rows')::bigint = 0
         or (a.sums, a.fingerprint) = (hot.sums, hot.fingerprint))`,
    [month, clientId, month],
  );
  return rows.length > 0;
}

/**
 * Count a month's file for nothing from now on: it is to be dropped, and another one written.
 *
 * @returns its key; null where there is none. @throws {Error} when the facts are in it alone.
 */
export async function disownFile(
  em: EntityManager,
  { clientId, month }: ClientMonth,
): Promise<string | null> {
  const [archive] = await em.execute<{ fileKey: string; isAlone: boolean }[]>(
    `select file_key as "fileKey", removed_at is not null as "isAlone" from metric_archives
     where client_id = ? and month = ?::date for update`,
    [clientId, month],
  );
  if (!archive) return null;
  if (archive.isAlone) throw new Error(`The facts of ${month} are in ${archive.fileKey} alone`);
  await em.execute(
    `update metric_archives set sums = null, fingerprint = null, size_bytes = null, sha256 = null, archived_at = null
     where client_id = ? and month = ?::date`,
    [clientId, month],
  );
  return archive.fileKey;
}

/** Name the file that a month is being written to, before there is any: whatever becomes of it, it is found. */
export async function nameFile(
  em: EntityManager,
  { clientId, month }: ClientMonth,
  key: string,
): Promise<void> {
  await em.execute(
    `insert into metric_archives (client_id, month, organization_id, file_key)
     select id, ?::date, organization_id, ? from clients where id = ?
     on conflict (client_id, month) do update set file_key = excluded.file_key`,
    [month, key, clientId],
  );
}

/** A month's file is whole, and was read back. @throws {Error} when another one took its place, or the client is gone. */
export async function finishFile(
  em: EntityManager,
  { clientId, month }: ClientMonth,
  key: string,
  { sums, fingerprint }: WrittenFacts,
  { sizeBytes, sha256 }: KeptFile,
): Promise<void> {
  const rows = await em.execute<object[]>(
    `update metric_archives
     set sums = ?::jsonb, fingerprint = ?, size_bytes = ?, sha256 = ?, archived_at = now(), hot_until = null
     where client_id = ? and month = ?::date and file_key = ? and removed_at is null returning 1`,
    [sums, fingerprint, sizeBytes, sha256, clientId, month, key],
  );
  if (rows.length === 0) throw new Error(`The file ${key} is of nobody any more`);
}

/** Whether a month may leave for a file: whoever is about to say so is waited for. */
export async function isReliedOn(
  em: EntityManager,
  { clientId, month }: ClientMonth,
  key: string,
): Promise<boolean> {
  const [archive] = await em.execute<{ isWhole: boolean }[]>(
    `select sha256 is not null as "isWhole" from metric_archives
     where client_id = ? and month = ?::date and file_key = ? for share`,
    [clientId, month, key],
  );
  return archive?.isWhole ?? false;
}

/**
 * Remove a month from the database, of all organizations, where the files of all of their clients say what its facts
 * say. Sums of clients and campaigns stay.
 *
 * @returns whether it was removed; else it waits for other clients or organizations.
 */
export async function removeMonth(em: EntityManager, month: string): Promise<boolean> {
  const [row] = await em.execute<{ removed: boolean }[]>(
    'select remove_archived_month(?::date) as removed',
    [month],
  );
  return row?.removed ?? false;
}
