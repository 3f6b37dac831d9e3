import type { EntityManager } from '@mikro-orm/postgresql';
import type { ObjectStore } from '../feed/object-store.ts';
import { dropUnneeded, takeTurn } from '../ingestion/hold-archived.ts';

/**
 * SQL of the contents `f (sha256, size_bytes)` that nothing has used for so long: fetched, loaded or waited for. Corrected
 * rejects stay while they are part of a day, since the same files again keep them. Parameter: how many days files are kept.
 */
const unusedFiles = `
  with kept as materialized (select now() - make_interval(days => ?) as since),
  used as materialized (
    select unnest(object_ids) as id from run_slices, kept where finished_at is null or finished_at >= since
    union
    select o.id from source_objects o join slices s on s.feed_id = o.feed_id and o.id = any (s.object_ids)
    where o.is_correction and o.expired_at is null
  ), f as (
    select o.sha256, max(o.size_bytes) as size_bytes
    from source_objects o left join used on used.id = o.id
    where o.expired_at is null
    group by o.sha256
    having max(o.fetched_at) < (select since from kept) and count(used.id) = 0
  )`;

/** Files that are not to be kept any more. */
export interface ExpiredFiles {
  files: number;
  sizeBytes: number;
}

/** How many fetched files would go, by a policy. Files of equal content are one. */
export async function countExpired(em: EntityManager, fileDays: number): Promise<ExpiredFiles> {
  const [row] = await em.execute<{ files: number; bytes: string }[]>(
    `${unusedFiles} select count(*)::int as files, coalesce(sum(size_bytes), 0) as bytes from f`,
    [fileDays],
  );
  return { files: row?.files ?? 0, sizeBytes: Number(row?.bytes ?? 0) };
}

/** The contents to expire next, by their SHA-256. */
export async function findExpired(em: EntityManager, fileDays: number): Promise<string[]> {
  const rows = await em.execute<{ sha256: string }[]>(
    `${unusedFiles} select sha256 from f order by sha256 limit 1000`,
    [fileDays],
  );
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Keep a content no longer. What tells of it stays, and it is fetched anew where its source still has it; other
 * organizations that have the same keep theirs.
 */
export async function expireFile(
  em: EntityManager,
  store: Pick<ObjectStore, 'dropArchived'>,
  sha256: string,
): Promise<void> {
  await takeTurn(em, sha256);
  await em.execute(
    `update source_objects o set expired_at = now()
     where o.sha256 = ? and o.expired_at is null and not exists (
       -- somebody has chosen it since it was found
       select from source_objects same join run_slices s on s.feed_id = same.feed_id and same.id = any (s.object_ids)
       where same.sha256 = o.sha256 and s.finished_at is null
     )`,
    [sha256],
  );
  await dropUnneeded(em, store, sha256);
}
