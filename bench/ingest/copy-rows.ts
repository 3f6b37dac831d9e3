import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { BenchInstallation } from '../installation.ts';
import type { BenchFeed } from './feeds.ts';

/** Empties the table, then COPYs the rows into it. @returns milliseconds of the COPY, its commit included. */
export type MeasureCopy = () => Promise<number>;

/**
 * Measure with PostgreSQL's own COPY of a day's finished facts into an empty table with the columns, constraints, indexes
 * and partitions of the one that they are in.
 */
export async function withCopy<T>(
  { services, tenant }: BenchInstallation,
  { feed, date }: { feed: BenchFeed; date: string },
  measure: (copy: MeasureCopy) => Promise<T>,
): Promise<T> {
  await using open = new AsyncDisposableStack();
  const file = join(tmpdir(), `mediagraph-bench-${randomUUID()}`);
  open.defer(() => rm(file, { force: true }));
  const worker = new Client({ connectionString: services.workerUrl });
  await worker.connect();
  open.defer(() => worker.end());
  await worker.query(`select set_config('app.organization', $1, false)`, [tenant.organizationId]);
  const facts = `select * from daily_metrics where feed_id = '${feed.feedId}' and date = '${date}' order by creative_id`;
  await pipeline(worker.query(copyTo(`copy (${facts}) to stdout`)), createWriteStream(file));

  const owner = new Client({ connectionString: services.ownerUrl });
  await owner.connect();
  open.defer(() => owner.end());
  await makeTarget(owner, date);
  open.defer(async () => {
    await owner.query('drop table copy_target');
  });
  // Awaited, since what it measures with is closed when this returns.
  return await measure(async () => {
    await owner.query('truncate copy_target');
    const startedAt = performance.now();
    const copy = owner.query(copyFrom('copy copy_target from stdin'));
    await pipeline(createReadStream(file), copy);
    return performance.now() - startedAt;
  });
}

async function makeTarget(owner: Client, date: string): Promise<void> {
  await owner.query(
    'create table copy_target (like daily_metrics including all) partition by range (date)',
  );
  const { rows } = await owner.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = 'daily_metrics'::regclass and contype = 'f'`,
  );
  for (const { definition } of rows) await owner.query(`alter table copy_target add ${definition}`);
  await owner.query(
    `create table copy_target_month partition of copy_target
     for values from (date_trunc('month', date '${date}')) to (date_trunc('month', date '${date}') + interval '1 month')`,
  );
}
