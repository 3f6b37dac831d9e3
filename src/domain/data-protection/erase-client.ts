import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { SourceObject } from '../ingestion/source-object.entity.ts';
import { clearScratch } from '../retention/restore-facts.ts';
import { clearScratchOfClient } from '../upload/preview-scratch.ts';

/** Rows of one transaction: few enough that it is soon over. */
const batchSize = 5_000;
const mostObjects = 200;

/** Tables whose rows refer to rows of their own. */
const merging = ['campaigns', 'strategies', 'placements', 'creatives'];

/**
 * Stop what is done for a client, and make it ready to be erased.
 *
 * @returns how many jobs are still under way: they have been told to stop.
 */
export async function stopWork(em: EntityManager, clientId: string): Promise<number> {
  await em.execute('delete from schedules where client_id = ?', [clientId]);
  await em.execute(
    `update job_runs set cancel_requested_at = coalesce(cancel_requested_at, now()), sequence = sequence + 1,
       finished_at = case when status = 'QUEUED' then now() end,
       status = case when status = 'QUEUED' then 'CANCELLED' else status end
     where client_id = ? and status in ('QUEUED', 'RUNNING')`,
    [clientId],
  );
  const running = await em.execute<object[]>(
    `select id from job_runs where client_id = ? and status = 'RUNNING'`,
    [clientId],
  );
  if (running.length > 0) return running.length;
  await em.execute('select redact_client(?)', [clientId]);
  await em.execute(
    `delete from staging.media_rows where run_slice_id in (select id from run_slices where client_id = ?)`,
    [clientId],
  );
  await clearScratchOfClient(em, clientId);
  await clearScratch(em, clientId);
  for (const table of merging) {
    await em.execute(
      `update ${table} set canonical_id = null where client_id = ? and canonical_id is not null`,
      [clientId],
    );
  }
  return 0;
}

/** Archived files to erase next. */
export function objectsToErase(em: EntityManager, clientId: string): Promise<SourceObject[]> {
  return em.find(SourceObject, { clientId }, { limit: mostObjects, orderBy: { id: 'asc' } });
}

export async function forgetObjects(
  em: EntityManager,
  objects: readonly SourceObject[],
): Promise<number> {
  return em.nativeDelete(SourceObject, { id: { $in: objects.map(({ id }) => id) } });
}

/** Keys of files of archived months to erase next, of those that are being written too. */
export async function archivesToErase(em: EntityManager, clientId: string): Promise<string[]> {
  const files = await em.execute<{ key: string }[]>(
    'select file_key as key from metric_archives where client_id = ? limit ?',
    [clientId, mostObjects],
  );
  return files.map(({ key }) => key);
}

/** Forget files that are gone; a month that is being written to another one by now stays. */
export async function forgetArchives(em: EntityManager, keys: readonly string[]): Promise<number> {
  const rows = await em.execute<object[]>(
    'delete from metric_archives where file_key = any (?::text[]) returning 1',
    [arrayLiteral(keys)],
  );
  return rows.length;
}

/** Erase the next rows of a client in a table. @returns how many; 0 once there are none. */
export async function eraseRows(
  em: EntityManager,
  table: string,
  clientId: string,
): Promise<number> {
  if (table === 'clients') return eraseClientRow(em, clientId);
  // Rows of a partitioned table have no place of their own: they go day by day.
  const rows = await em.execute<object[]>(
    table === 'daily_metrics'
      ? `delete from daily_metrics where client_id = ?
         and date = (select min(date) from daily_metrics where client_id = ?) returning 1`
      : `delete from ${table} where ctid = any (array(
           select ctid from ${table} where client_id = ? limit ?)) returning 1`,
    table === 'daily_metrics' ? [clientId, clientId] : [clientId, batchSize],
  );
  return rows.length;
}

/** With the client itself goes what names it among others; who saw it alone sees nothing any more. */
async function eraseClientRow(em: EntityManager, clientId: string): Promise<number> {
  const without = 'client_ids = array_remove(client_ids, ?::uuid) where ?::uuid = any (client_ids)';
  const named = [clientId, clientId];
  await em.execute(`update memberships set ${without}`, named);
  await em.execute(
    `update invitations set revoked_at = coalesce(revoked_at, case when accepted_at is null
       and client_ids = array[?::uuid] then now() end), ${without}`,
    [clientId, ...named],
  );
  await em.execute(
    `update service_tokens set revoked_at = coalesce(revoked_at,
       case when client_ids = array[?::uuid] then now() end), ${without}`,
    [clientId, ...named],
  );
  await em.execute('delete from idempotency_keys where entity_id = ?', [clientId]);
  await em.execute('select redact_client(?)', [clientId]);
  const gone = await em.execute<object[]>('delete from clients where id = ? returning id', [
    clientId,
  ]);
  return gone.length;
}
