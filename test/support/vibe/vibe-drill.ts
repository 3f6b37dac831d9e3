import {
  CreateClientDocument,
  CreateFeedDocument,
  CreatePlatformCredentialDocument,
  IngestionRunDocument,
  PerformanceDocument,
  StartIngestionDocument,
} from '../../../client/operations.ts';
import { type JobState, watchJob } from '../../../demo/progress.ts';
import { fromGlobalId } from '../../../src/domain/global-id.ts';
import type { Installation } from '../installation.ts';
import { runAs } from '../test-services.ts';
import { vibeSecret } from './vibe-feed.ts';

const range = { from: '2026-10-05', to: '2026-10-08' };

/** A run of a Vibe feed of a client of its own, as its watchers see it. */
export type VibeRun = Awaited<ReturnType<typeof beginVibeRun>>;

/** Ask for four days of a new client of this name, whose advertiser id it is, and watch the run. */
export async function beginVibeRun({ api }: Installation, name: string) {
  const { createClient } = await api.request(CreateClientDocument, {
    input: { name, timeZone: 'America/New_York', currency: 'USD' },
  });
  const clientId = createClient.client.id;
  const key = { name: 'Key', dialect: 'ASYNC', secret: vibeSecret, pollSeconds: 0.1 };
  const { createPlatformCredential } = await api.request(CreatePlatformCredentialDocument, {
    input: { clientId, source: 'VIBE', ...key },
  });
  const credentialId = createPlatformCredential.credential.id;
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: { clientId, source: 'VIBE', name: 'Vibe', advertiserId: name, credentialId },
  });
  const feedId = createFeed.feed.id;
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  const { id: runId, jobRun } = startIngestion.run;
  const seen: JobState[] = [];
  const ended = watchJob(api, jobRun.id, (state) => seen.push(state));
  return { name, clientId, feedId, runId, id: fromGlobalId('JobRun', jobRun.id), seen, ended };
}

/** The process that works on a run. */
export async function workerOf({ agency }: Installation, { id }: VibeRun): Promise<number> {
  const sql = 'select worker from job_runs where id = $1';
  const [row] = await runAs<{ worker: string }>(agency.urls.superuserUrl, sql, [id]);
  return Number(/-(\d+)-[^-]+$/.exec(row?.worker ?? '')?.[1]);
}

/** Everything that a run leaves behind and that must not depend on what happened meanwhile. */
export async function outcomeOf({ api, agency }: Installation, { clientId, runId }: VibeRun) {
  const { node } = await api.request(PerformanceDocument, { id: clientId, range });
  const client = node as Extract<typeof node, { __typename: 'Client' }>;
  const { ingestionRun } = await api.request(IngestionRunDocument, { id: runId });
  const rows = await runAs(
    agency.urls.superuserUrl,
    `select (select count(*) from daily_metrics where client_id = $1) as facts,
       (select count(*) from fact_changes where client_id = $1) as changes,
       (select count(*) from ingestion_runs where client_id = $1) as runs,
       (select count(*) from report_requests where client_id = $1) as reports,
       (select count(*) from staging.media_rows) as scratch`,
    [fromGlobalId('Client', clientId)],
  );
  return {
    status: ingestionRun?.status,
    total: client.metrics,
    campaigns: client.campaigns.edges.map(({ node: { name, metrics } }) => ({ name, metrics })),
    slices: ingestionRun?.slices.map(({ id: _, ...slice }) => slice),
    rows,
  };
}
