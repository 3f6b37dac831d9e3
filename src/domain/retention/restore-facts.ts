import type { EntityManager } from '@mikro-orm/postgresql';
import { rollUpQuery } from '../metrics/roll-up.ts';
import { factRowColumns } from './fact-row.ts';
import type { FactFile } from './read-fact-file.ts';

/** A client's month that is in its file alone. */
export interface RemovedMonth extends FactFile {
  clientId: string;
  rows: number;
}

/** Rows of an attempt in scratch, told from those of any other. */
export interface ScratchRows {
  runId: string;
  fence: number;
  clientId: string;
}

const columns = factRowColumns.map(({ name }) => name);

/** The scratch table that archived facts are COPYed into, and its columns: first {@link scratchPrefix}, then the fact's. */
export const factScratch = 'staging.archived_facts';
export const factScratchColumns = ['run_id', 'fence', 'client_id', ...columns];

/** What a line of scratch begins with. */
export function scratchPrefix({ runId, fence, clientId }: ScratchRows): string {
  return `${runId}\t${fence}\t${clientId}\t`;
}

/** The clients of whom a month is in files alone. */
export async function findRemoved(em: EntityManager, month: string): Promise<RemovedMonth[]> {
  const rows = await em.execute<(Omit<RemovedMonth, 'sizeBytes'> & { sizeBytes: string })[]>(
    `select client_id as "clientId", file_key as "fileKey", size_bytes as "sizeBytes", sha256,
       (sums ->> 'rows')::int as rows
     from metric_archives where month = ?::date and removed_at is not null order by client_id`,
    [month],
  );
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

/** Empty the scratch of earlier attempts. */
export async function clearScratch(em: EntityManager, clientId: string): Promise<void> {
  await em.execute(`delete from ${factScratch} where client_id = ?`, [clientId]);
}

/**
 * Put a month of a client back from scratch, with what is summed of it, within the caller's transaction, for so many
 * days at least.
 *
 * @returns whether it adds up to what was archived: else the transaction must not be committed.
 */
export async function takeBack(
  em: EntityManager,
  month: string,
  { runId, fence, clientId }: ScratchRows,
  restoredDays: number,
): Promise<boolean> {
  const ofMonth = `client_id = ? and date >= ?::date and date < (?::date + interval '1 month')::date`;
  const own = [clientId, month, month];
  // Before the facts, as everybody who writes a day does.
  await em.execute(
    `update slices set status = 'APPLIED', version = version + 1 where ${ofMonth} and status = 'ARCHIVED'`,
    own,
  );
  await em.execute(
    `insert into daily_metrics (organization_id, client_id, ${columns})
     select app_organization(), client_id, ${columns} from ${factScratch}
     where run_id = ? and fence = ? and client_id = ?`,
    [runId, fence, clientId],
  );
  await em.execute(
    `insert into daily_rollups ${rollUpQuery(`(select * from daily_metrics where ${ofMonth})`)}`,
    own,
  );
  await em.execute('delete from monthly_rollups where client_id = ? and date = ?::date', [
    clientId,
    month,
  ]);
  const [archive] = await em.execute<{ isSame: boolean }[]>(
    `update metric_archives a set removed_at = null, hot_until = now() + make_interval(days => ?)
     where a.client_id = ? and a.month = ?::date and a.removed_at is not null
     returning coalesce(
       (select hot.sums from sums_of_month(a.month) hot where hot.client_id = a.client_id) = a.sums,
       (a.sums ->> 'rows')::bigint = 0
     ) as "isSame"`,
    [restoredDays, clientId, month],
  );
  await clearScratch(em, clientId);
  return archive?.isSame ?? false;
}
