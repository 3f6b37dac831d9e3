import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { exportMetrics } from '../../src/jobs/export-metrics.job.ts';
import { addFeed } from './agency.ts';
import type { Answer } from './ask.ts';
import { type NamedFact, putFacts } from './facts.ts';
import { openFileDoor } from './file-door.ts';
import { createJobRig } from './in-process-workers.ts';
import { gatherPeople, password } from './people.ts';

const exportFields = `id format rowCount from to client { name } jobRun { id status errorCode errorMessage stage done }
  file { id name contentType sizeBytes }`;

/** People with a client's facts, the job that exports them, and the door to what is exported. */
export async function openMetricsExports() {
  const people = await gatherPeople();
  const { agency, client } = people;
  const door = await openFileDoor(agency, 30_000);
  const rig = await createJobRig(agency, [exportMetrics as unknown as JobDefinition]);
  rig.startWorker();
  const feed = await addFeed(agency, client);
  const signedIn = async (email: string, secret = password): Promise<Viewer> =>
    (await people.signIn(email, secret)).viewer;

  const ask = (viewer: Viewer, input: object): Promise<Answer> =>
    people.told(
      viewer,
      `mutation ($input: ExportMetricsInput!) { exportMetrics(input: $input) { metricsExport { ${exportFields} } } }`,
      { input },
    );
  const again = (viewer: Viewer, id: string): Promise<Answer> =>
    people.told(
      viewer,
      `query ($id: ID!) { node(id: $id) { ... on MetricsExport { ${exportFields} } } }`,
      { id },
    );
  const jobOf = async (viewer: Viewer, id: string) =>
    parseGlobalId((await again(viewer, id)).jobRun.id)?.id ?? '';
  return {
    ...{ people, door, rig, feed, client, signedIn, ask, again, jobOf },
    owner: await signedIn(agency.owner.email, agency.owner.password),
    clientId: toGlobalId('Client', client.id),
    put: (facts: readonly Partial<NamedFact>[], into: Feed = feed) =>
      putFacts(agency, into, facts.map(withDefaults)),
    /** Ask for an export, have it made, and fetch it as a browser would. */
    async fetch(viewer: Viewer, input: object): Promise<{ made: Answer; bytes: Uint8Array }> {
      const { metricsExport, ...error } = await ask(viewer, input);
      if (!metricsExport) throw new Error(JSON.stringify(error));
      const jobRunId = await jobOf(viewer, metricsExport.id);
      await rig.send(jobRunId);
      const job = await rig.ended(jobRunId);
      if (job.status !== 'SUCCEEDED') throw new Error(`${job.status}: ${job.errorMessage}`);
      const made = await again(viewer, metricsExport.id);
      const { path } = await people.byId(viewer, 'createFileLink', made.file.id, 'path');
      const answer = await door.fetch(path);
      return { made, bytes: new Uint8Array(await answer.arrayBuffer()) };
    },
    async close() {
      await Promise.all([rig.close(), door.close()]);
      await people.close();
    },
  };
}

export type MetricsExports = Awaited<ReturnType<typeof openMetricsExports>>;

function withDefaults(fact: Partial<NamedFact>): NamedFact {
  const names = { campaign: 'Brand', strategy: 'Reach', placement: 'Display', creative: 'Banner' };
  const counts = { impressions: 1000, clicks: 20, completed_views: null };
  const amounts = { conversions: '2', revenue: '50.5', spend: '15', media_cost: null };
  return { date: '2026-01-05', ...names, ...counts, ...amounts, ...fact };
}
