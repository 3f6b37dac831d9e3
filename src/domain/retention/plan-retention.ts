import type { EntityManager } from '@mikro-orm/postgresql';
import { outdatedDays } from './archive-facts.ts';
import { countExpired, type ExpiredFiles } from './expire-source-files.ts';
import { findOldLogs } from './remove-logs.ts';
import type { RetentionPolicy } from './retention-policy.ts';

/** A month of facts that is to leave for the archive. */
export interface OutdatedMonth {
  /** Its first day. */
  month: string;
  clients: number;
  /** Days of feeds with facts. */
  days: number;
  rows: number;
}

/** What the next night would do for an organization. */
export interface RetentionPlan {
  months: OutdatedMonth[];
  /** Months whose sums would be forgotten, of whichever client. */
  rollupMonths: number;
  /** Rows that nothing refers to and that would be removed, by table. */
  logs: { table: string; rows: number }[];
  /** Fetched files that nothing has used for so long. */
  sourceFiles: ExpiredFiles;
}

/** What the next night would do by a policy; it does nothing. */
export async function planRetention(
  em: EntityManager,
  policy: RetentionPolicy,
): Promise<RetentionPlan> {
  const months = await em.execute<(Omit<OutdatedMonth, 'rows'> & { rows: string })[]>(
    `select to_char(s.date, 'YYYY-MM-01') as month, count(distinct s.client_id)::int as clients,
       count(*)::int as days, sum(s.row_count) as rows
     from ${outdatedDays}
     group by 1 order by 1`,
    [policy.hotMonths],
  );
  const [rollups] = await em.execute<{ months: number }[]>(
    `select count(distinct date)::int as months from monthly_rollups where ${outdatedRollups}`,
    [policy.rollupMonths],
  );
  const logs = [];
  for (const { table, where } of await findOldLogs(em)) {
    // Scratch is the worker's alone.
    if (table.startsWith('staging.')) continue;
    const [found] = await em.execute<{ rows: number }[]>(
      `select count(*)::int as rows from ${table} t where ${where}`,
      [policy.logDays],
    );
    logs.push({ table, rows: found?.rows ?? 0 });
  }
  return {
    months: months.map((month) => ({ ...month, rows: Number(month.rows) })),
    rollupMonths: rollups?.months ?? 0,
    logs,
    sourceFiles: await countExpired(em, policy.fileDays),
  };
}

/** SQL of roll-ups of months that have been kept for long enough. Parameter: how many months are. */
const outdatedRollups = `date < (date_trunc('month', now() at time zone 'UTC') - make_interval(months => ?))::date`;

/** Forget sums of months that have been kept for long enough. @returns how many rows. */
export async function removeRollups(
  em: EntityManager,
  { rollupMonths }: RetentionPolicy,
): Promise<number> {
  const rows = await em.execute<object[]>(
    `delete from monthly_rollups where ${outdatedRollups} returning 1`,
    [rollupMonths],
  );
  return rows.length;
}
