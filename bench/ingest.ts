/**
 * How fast a Surfside file gets from the bucket into the facts, beside PostgreSQL's own COPY of the same
 * finished rows into an equal, empty table in the same run.
 *
 * `--small` loads 50,000 rows; without it, 200,000.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Registry } from 'prom-client';
import { openDemoBucket } from '../demo/bucket.ts';
import { loadConfig } from '../src/config.ts';
import { connectors } from '../src/connectors/registry.ts';
import { createClient } from '../src/domain/client/create-client.ts';
import { createFeed } from '../src/domain/feed/create-feed.ts';
import { createOrganization } from '../src/domain/identity/create-organization.ts';
import { IngestionRun } from '../src/domain/ingestion/ingestion-run.entity.ts';
import { startIngestion } from '../src/domain/ingestion/start-ingestion.ts';
import { JobRun } from '../src/domain/job/job-run.entity.ts';
import { connectBackends } from '../src/infra/backends.ts';
import { createFieldCipher } from '../src/infra/crypto.ts';
import { createLogger, withLogContext } from '../src/infra/logger.ts';
import { connectServices } from '../src/infra/services.ts';
import { ensureBucket } from '../src/infra/storage.ts';
import { createJobMetrics } from '../src/infra/telemetry/job-metrics.ts';
import { untraced } from '../src/infra/tracing.ts';
import { version } from '../src/infra/version.ts';
import { openOutbox, sendJobRuns } from '../src/jobs/enqueue.ts';
import { ingestFeed } from '../src/jobs/ingest-feed.job.ts';
import { jobs, queueNames } from '../src/jobs/registry.ts';
import { runWorkers } from '../src/jobs/run-workers.ts';
import { watchJobRun } from '../src/jobs/watch-job-run.ts';

const { values: options } = parseArgs({ options: { small: { type: 'boolean' } } });
const rowCount = options.small ? 50_000 : 200_000;
const date = '2026-01-15';

const config = loadConfig({ DATA_DIR: join(tmpdir(), `mediagraph-bench-${randomUUID()}`) });
const owner = await connectServices(config, 'owner');
const services = await connectServices(config, 'worker');
const { databaseUrl, s3, encryptionKeys, blindIndexKey } = services.config;
await ensureBucket(s3);
const bucket = await openDemoBucket(s3);
const log = createLogger('bench', 'warn');
const stops: (() => unknown)[] = [];
const backends = await connectBackends({
  services: services.config,
  poolSize: 10,
  log,
  tracing: untraced,
  onStop: (stop) => stops.unshift(stop),
});
const { database, queue, announcer } = backends;
const workers = runWorkers({
  ...backends,
  platforms: new Map(),
  log,
  observer: createJobMetrics(new Registry()),
  tracing: untraced,
  jobs,
  queues: [...queueNames],
  withLogContext,
  version,
  concurrency: 1,
  leaseMs: config.JOB_LEASE_MS,
  heartbeatMs: config.JOB_HEARTBEAT_MS,
  sweepMs: config.JOB_SWEEP_MS,
  shutdownMs: config.SHUTDOWN_MS,
  auditLogMonths: config.AUDIT_LOG_MONTHS,
});

const organizationId = await createOrganization(
  database.withTenant,
  createFieldCipher(encryptionKeys, blindIndexKey),
  {
    name: 'Bench',
    timeZone: 'UTC',
    ownerEmail: 'bench@bench.example',
    ownerPassword: randomUUID(),
  },
);
const tenant = { organizationId, clientIds: null };
const feedId = await database.withTenant(tenant, async (em) => {
  const origin = { requestId: 'bench', ip: null, userAgent: null };
  const [user] = await em.execute<{ user_id: string }[]>('select user_id from memberships');
  const viewer = { userId: user?.user_id ?? '', email: '', role: 'OWNER' as const };
  const actor = { ...tenant, ...viewer, origin };
  const client = await createClient(em, actor, {
    name: 'Bench',
    kind: 'INDIVIDUAL',
    timeZone: 'UTC',
    currency: 'USD',
  });
  const feed = await createFeed(em, actor, connectors, {
    clientId: client.id,
    source: 'SURFSIDE',
    name: 'Bench',
    bucket: bucket.name,
    keyPattern: 'bench/{date}.csv',
  });
  return feed.id;
});

const cold = await load('cold', generateFile(0));
const warm = await load('warm', generateFile(1));
const unchanged = await load('unchanged', `${generateFile(1)}\n`);
const copy = await copyFinishedRows();

await workers.close();
for (const stop of stops) await stop();
services.release();
owner.release();
await rm(config.DATA_DIR, { recursive: true, force: true, maxRetries: 20 });

const report = (name: string, value: number, unit: string) =>
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
report('ingest_rows', rowCount, 'rows');
report('copy_ms', copy, 'ms');
report('ingest_cold_rows_per_s', rowCount / (cold / 1000), 'rows/s');
report('ingest_warm_rows_per_s', rowCount / (warm / 1000), 'rows/s');
report('ingest_cold_vs_copy', cold / copy, 'ratio');
report('ingest_warm_vs_copy', warm / copy, 'ratio');
report('ingest_unchanged_vs_copy', unchanged / copy, 'ratio');
report('ingest_rss_mb', process.memoryUsage().rss / 1e6, 'MB');

/** Load the day from a new version of its file. @returns milliseconds from the mutation to the end. */
async function load(name: string, body: string): Promise<number> {
  await bucket.put(`bench/${date}.csv`, body);
  const startedAt = performance.now();
  const { run, jobRunIds } = await database.withTenant(tenant, async (em) => {
    const outbox = openOutbox(em);
    const request = { feedId, range: { from: date, to: date }, trigger: 'MANUAL' } as const;
    const run = await startIngestion(em, tenant, request, (made) =>
      outbox.add(ingestFeed, { runId: made.id }, made),
    );
    return { run, jobRunIds: outbox.jobRunIds };
  });
  await sendJobRuns({ database, queue, tracing: untraced, log }, jobRunIds);
  const states = watchJobRun(run.jobRunId ?? '', {
    announcer,
    rereadMs: 1000,
    read: () => database.withTenant(tenant, (em) => em.findOne(JobRun, run.jobRunId ?? '')),
  });
  let last: JobRun | undefined;
  for await (const state of states) last = state;
  const tookMs = performance.now() - startedAt;
  const { timings } = await database.withTenant(tenant, (em) =>
    em.findOneOrFail(IngestionRun, run.id),
  );
  console.log(
    `${name}: ${Math.round(tookMs)} ms, ${last?.status}, stages ${JSON.stringify(timings)}`,
  );
  return tookMs;
}

/** COPY the finished facts, kept in memory, into an equal, empty table. @returns milliseconds. */
async function copyFinishedRows(): Promise<number> {
  const client = new Client({ connectionString: owner.config.databaseUrl });
  await client.connect();
  await client.query("select set_config('app.organization', $1, false)", [organizationId]);
  await client.query('create table copy_target (like daily_metrics including all)');
  const worker = new Client({ connectionString: databaseUrl });
  await worker.connect();
  const chunks: Buffer[] = [];
  await worker.query("select set_config('app.organization', $1, false)", [organizationId]);
  const finished = worker.query(copyTo('copy (select * from daily_metrics) to stdout'));
  for await (const chunk of finished) chunks.push(chunk as Buffer);
  await worker.end();
  const startedAt = performance.now();
  await pipeline(Readable.from(chunks), client.query(copyFrom('copy copy_target from stdin')));
  const tookMs = performance.now() - startedAt;
  await client.end();
  return tookMs;
}

/** A day of a client with 50 campaigns; each version has other facts for the same creatives. */
function generateFile(version: number): string {
  const lines = [
    'Date,Campaign,Strategy,Placement,Creative,Impressions,Clicks,Conversions,Conversion Revenue,CTR',
  ];
  for (let row = 0; row < rowCount; row++) {
    const [campaign, strategy] = [row % 50, Math.floor(row / 50) % 10];
    const [placement, creative] = [Math.floor(row / 500) % 10, Math.floor(row / 5000)];
    const names = `Campaign ${campaign},Strategy ${strategy},Placement ${placement},Creative ${creative}`;
    const impressions = 1000 + ((row * 7919) % 5000) + version;
    const facts = `${impressions},${10 + (row % 20)},${row % 7},${(row % 97) + 0.25}`;
    lines.push(`${date},${names},${facts},`);
  }
  return lines.join('\n');
}
