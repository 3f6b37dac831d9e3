import { createReadStream, createWriteStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { BenchInstallation } from '../installation.ts';
import type { BenchFeed } from './feeds.ts';

/** What loading is measured by. */
export interface CopyBaseline {
  /** Empty the table, then COPY the rows into it. @returns milliseconds of the COPY, its commit included. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/**
 * PostgreSQL's own COPY of a day's finished facts into an empty table with the columns, constraints, indexes and
 * partitions of the one that they are in.
 *
 * @param file where the rows are kept meanwhile.
 */
export async function prepareCopy(
  { services, tenant }: BenchInstallation,
  { feedId }: BenchFeed,
  date: string,
  file: string,
): Promise<CopyBaseline> {
  const client = new Client({ connectionString: services.ownerUrl });
  await client.connect();
  await client.query('drop table if exists copy_target');
  await client.query(
    'create table copy_target (like daily_metrics including all) partition by range (date)',
  );
  const { rows: constraints } = await client.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = 'daily_metrics'::regclass and contype = 'f'`,
  );
  for (const { definition } of constraints) {
    await client.query(`alter table copy_target add ${definition}`);
  }
  await client.query(
    `create table copy_target_month partition of copy_target
     for values from (date_trunc('month', date '${date}')) to (date_trunc('month', date '${date}') + interval '1 month')`,
  );
  const worker = new Client({ connectionString: services.workerUrl });
  await worker.connect();
  await worker.query(`select set_config('app.organization', $1, false)`, [tenant.organizationId]);
  const facts = `select * from daily_metrics where feed_id = '${feedId}' and date = '${date}' order by creative_id`;
  await pipeline(worker.query(copyTo(`copy (${facts}) to stdout`)), createWriteStream(file));
  await worker.end();

  return {
    async measure() {
      await client.query('truncate copy_target');
      const startedAt = performance.now();
      const copy = client.query(copyFrom('copy copy_target from stdin'));
      await pipeline(createReadStream(file), copy);
      return performance.now() - startedAt;
    },
    async close() {
      await client.query('drop table copy_target');
      await client.end();
    },
  };
}
