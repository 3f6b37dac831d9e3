import type { EntityManager } from '@mikro-orm/postgresql';

/** A table of logs, and SQL of which of its rows `t` are old. Parameter: how many days rows are kept. */
interface Log {
  table: string;
  isOld: string;
  /** Whether rows stay that others refer to. */
  isReferred: boolean;
}

const old = (instant: string) => `${instant} < now() - make_interval(days => ?)`;

/**
 * What tells how figures came about, in the order in which it can go: what refers to others first. Runs that made figures
 * stay, since issued figures name them, and so does whatever something else refers to.
 */
const logs: readonly Log[] = [
  {
    table: 'staging.media_rows',
    isOld: `exists (select from run_slices s where s.id = t.run_slice_id and ${old('s.finished_at')})`,
    isReferred: false,
  },
  {
    table: 'staging.archived_facts',
    isOld: `exists (select from job_runs j where j.id = t.run_id and ${old('j.finished_at')})`,
    isReferred: false,
  },
  {
    table: 'rejected_rows',
    isOld: `exists (select from run_slices s where s.id = t.run_slice_id and ${old('s.finished_at')})`,
    isReferred: false,
  },
  {
    table: 'report_requests',
    isOld: `exists (
      select from ingestion_runs r join job_runs j on j.id = r.job_run_id
      where r.id = t.run_id and ${old('j.finished_at')})`,
    isReferred: false,
  },
  {
    table: 'webhook_deliveries',
    isOld: old('t.ended_at'),
    isReferred: false,
  },
  {
    table: 'uploads',
    isOld: `t.state <> 'CONFIRMED' and ${old('t.expires_at')}`,
    isReferred: true,
  },
  {
    table: 'run_slices',
    isOld: `t.status not in ('PENDING', 'APPLIED') and ${old('t.finished_at')}`,
    isReferred: true,
  },
  {
    table: 'ingestion_runs',
    isOld: `t.outcome is not null and ${old('t.created_at')}`,
    isReferred: true,
  },
  {
    table: 'job_runs',
    // changes of prices are told by the jobs that made them
    isOld: `t.name <> 'recompute-spend' and ${old('t.finished_at')}`,
    isReferred: true,
  },
];

/** Tables of logs with the SQL of the rows `t` that can go. Parameter: how many days rows are kept. */
export async function findOldLogs(em: EntityManager): Promise<{ table: string; where: string }[]> {
  const references = await em.execute<{ from: string; column: string; to: string }[]>(
    `select c.conrelid::regclass::text as "from", a.attname as "column", c.confrelid::regclass::text as "to"
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.conparentid = 0 and c.confdeltype = 'a' and c.confrelid <> c.conrelid`,
  );
  return logs.map(({ table, isOld, isReferred }) => {
    const unless = references
      .filter(({ to }) => isReferred && to === table)
      .map(({ from, column }) => `not exists (select from ${from} o where o.${column} = t.id)`);
    return { table, where: [isOld, ...unless].join(' and ') };
  });
}

/** Rows of one transaction: few enough that it is soon over. */
const batchSize = 5_000;

/** Remove the next old rows of a table of {@link findOldLogs}. @returns how many; 0 once there are none. */
export async function removeLogs(
  em: EntityManager,
  { table, where }: { table: string; where: string },
  logDays: number,
): Promise<number> {
  const rows = await em.execute<object[]>(
    `delete from ${table} where ctid = any (array(select t.ctid from ${table} t where ${where} limit ${batchSize}))
     returning 1`,
    [logDays],
  );
  return rows.length;
}
