import { Pool } from 'pg';
import type { Api } from '../../client/api.ts';
import {
  IngestionRunDocument,
  PerformanceDocument,
  StartIngestionDocument,
} from '../../client/operations.ts';
import { advertisers, generateFiles } from '../../demo/generate-files.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { type JobState, watchJob } from '../../demo/progress.ts';
import { fromGlobalId } from '../../src/domain/global-id.ts';
import { buildGates } from './gates.ts';
import type { Installation } from './installation.ts';
import { sumFiles } from './sum-files.ts';

/** Four days of 500 rows; the last has rows that are rejected. */
export const range = { from: '2026-10-06', to: '2026-10-09' };

/** A run of a client of its own. */
export interface DrilledRun {
  clientId: string;
  feedId: string;
  /** Of the ingestion, and of its job, as the API knows them. */
  runId: string;
  jobRunId: string;
  /** The row of the job. */
  id: string;
}

interface JobRow {
  status: string;
  worker: string;
  attempt: number;
  /** Attempts that went wrong by themselves; those whose worker was lost are not among them. */
  failures: number;
  fence: number;
  deaths: number;
  delivery: number;
  error_code: string | null;
  error_message: string | null;
  finished_at: Date | null;
}

/**
 * What drills do to an installation, and what must be true of it afterwards.
 *
 * @param isServed workers run already; else one does while the undisturbed run is made.
 */
export async function createDrill(installation: Installation, isServed = false) {
  const { agency } = installation;
  const { superuserUrl } = agency.urls;
  const [, advertiser] = advertisers;
  if (!advertiser) throw new Error('There is no second advertiser');
  const files = [...generateFiles(advertiser, range)];
  for (const { key, body } of files) await agency.bucket.put(key, body);
  const gates = await buildGates(superuserUrl);

  // Asked often while something is waited for; whoever stops asking lets go of it.
  const pool = new Pool({ connectionString: superuserUrl, idleTimeoutMillis: 1_000 });
  // A database that is restarted ends its connections.
  pool.on('error', () => undefined);
  const ask = async <Row extends object>(sql: string, ...values: unknown[]) =>
    (await pool.query<Row>(sql, values)).rows;

  const setUp = (name: string, api: Api = installation.api, keyPattern = advertiser.keyPattern) => {
    const settings = { timeZone: 'UTC', bucket: agency.bucket.name, keyPattern, cpm: '12.5' };
    return setUpClient(api, { name, ...settings, range });
  };

  /** Ask for days of a feed. */
  const start = async (feedId: string, api: Api = installation.api, days = range) => {
    const { startIngestion } = await api.request(StartIngestionDocument, {
      input: { feedId, range: days },
    });
    const { id: runId, jobRun } = startIngestion.run;
    return { runId, jobRunId: jobRun.id, id: fromGlobalId('JobRun', jobRun.id) };
  };

  /** Ask for the days of a new client of this name. */
  const begin = async (
    name: string,
    api: Api = installation.api,
    keyPattern?: string,
  ): Promise<DrilledRun> => {
    const client = await setUp(name, api, keyPattern);
    return { ...client, ...(await start(client.feedId, api)) };
  };

  /** Watch a run to its end, as often as the subscription must be taken up again. */
  const finish = async (
    { jobRunId }: Pick<DrilledRun, 'jobRunId'>,
    api: Api = installation.api,
    show: (state: JobState) => void = () => undefined,
  ) => {
    for (let tries = 1; ; tries++) {
      try {
        return await watchJob(api, jobRunId, show);
      } catch (error) {
        if (tries === 20) throw error;
      }
    }
  };

  const jobRow = async (id: string): Promise<JobRow> => {
    const [row] = await ask<JobRow>('select * from job_runs where id = $1', id);
    if (!row) throw new Error('There is no such job');
    return row;
  };

  /** Everything that a run leaves behind and that must not depend on what happened meanwhile. */
  const outcome = async ({ clientId, runId }: DrilledRun, api: Api = installation.api) => {
    const { node } = await api.request(PerformanceDocument, { id: clientId, range });
    const client = node as Extract<typeof node, { __typename: 'Client' }>;
    const { ingestionRun } = await api.request(IngestionRunDocument, { id: runId });
    const [rows] = await ask<{ facts: string; changes: string; rejected: string }>(
      `select (select count(*) from daily_metrics where client_id = $1) as facts,
         (select count(*) from fact_changes where client_id = $1) as changes,
         (select count(*) from rejected_rows where client_id = $1) as rejected`,
      fromGlobalId('Client', clientId),
    );
    return {
      status: ingestionRun?.status,
      total: client.metrics,
      campaigns: client.campaigns.edges.map(({ node: { name, metrics } }) => ({ name, metrics })),
      slices: ingestionRun?.slices.map(({ id: _, ...slice }) => slice),
      rows,
    };
  };

  const worker = isServed ? undefined : await installation.startWorker();
  const calm = await begin('Calm');
  await finish(calm);
  await worker?.stop();
  const undisturbed = await outcome(calm);
  const sums = sumFiles(
    files.map(({ key, body }) => ({
      date: key.replace(/.*(\d{4})(\d\d)(\d\d).csv/, '$1-$2-$3'),
      body,
    })),
  );
  const counted = {
    facts: String(sums.rows - sums.rejected),
    changes: String(files.length),
    rejected: String(sums.rejected),
  };

  return {
    /** What is in the bucket for it. */
    files,
    gates,
    ask,
    setUp,
    start,
    begin,
    finish,
    jobRow,
    /** The process that works on a run. */
    async workerOf(id: string): Promise<number> {
      const { worker } = await jobRow(id);
      return Number(/-(\d+)-[^-]+$/.exec(worker)?.[1]);
    },
    /** What an undisturbed run left, and what must be so by the files alone. */
    undisturbed,
    counted: { rows: counted, impressions: Number(sums.impressions) },
    outcome,
    /** Scratch, and jobs that have not ended; mails tell of those that have, and come after them. */
    leftOver: () =>
      ask<{ scratch: number; unfinished: number }>(
        `select (select count(*) from staging.media_rows)::int as scratch,
           (select count(*) from job_runs
             where status in ('QUEUED', 'RUNNING') and queue = 'ingestion')::int as unfinished`,
      ),
  };
}

export type Drill = Awaited<ReturnType<typeof createDrill>>;
