import {
  CancelJobDocument,
  IngestionRunDocument,
  PerformanceDocument,
  StartIngestionDocument,
} from '../../client/operations.ts';
import { advertisers, demoRange, generateFiles } from '../../demo/generate-files.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { watchJob } from '../../demo/progress.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let installation: Installation;
const range = demoRange('2026-10-31');

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.close());

/** Load the same files as a client of its own. */
async function setUp(name: string) {
  const { api, agency } = installation;
  const [, advertiser] = advertisers;
  if (!advertiser) throw new Error('There is no second advertiser');
  for (const { key, body } of generateFiles(advertiser, range)) await agency.bucket.put(key, body);
  const { keyPattern } = advertiser;
  const settings = { timeZone: 'UTC', bucket: agency.bucket.name, keyPattern, cpm: '12.5', range };
  return setUpClient(api, { name, ...settings });
}

test('a job that waits for a worker is cancelled at once, and its days stay as they were', async () => {
  const { api } = installation;
  const { feedId } = await setUp('Cancelled');
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  const { id } = startIngestion.run.jobRun;
  // No worker runs yet. A second wish changes nothing.
  for (let wish = 0; wish < 2; wish++) {
    const { cancelJob } = await api.request(CancelJobDocument, { id });
    expect(cancelJob.jobRun.status).toBe('CANCELLED');
  }
  expect((await watchJob(api, id, () => undefined)).status).toBe('CANCELLED');
  const { ingestionRun } = await api.request(IngestionRunDocument, { id: startIngestion.run.id });
  expect(ingestionRun?.status).toBe('CANCELLED');
  expect(ingestionRun?.slices.every(({ status }) => status === 'PENDING')).toBe(true);
});

test('workers killed in mid-run, twice, leave exactly the totals of an undisturbed run', async () => {
  const { api, startWorker } = installation;
  const [calm, harried] = [await setUp('Calm'), await setUp('Harried')];
  const start = async (feedId: string) => {
    const { startIngestion } = await api.request(StartIngestionDocument, {
      input: { feedId, range },
    });
    return startIngestion.run;
  };
  const run = await start(harried.feedId);
  let kills = 0;
  let killAt = 0.2;
  let worker = await startWorker();
  const states: (number | null | undefined)[] = [];
  const last = await watchJob(api, run.jobRun.id, ({ done, total }) => {
    states.push(done);
    if (kills === 2 || !total || (done ?? 0) < total * killAt) return;
    kills += 1;
    killAt = 0.6;
    worker.kill('SIGKILL');
    void startWorker().then((next) => {
      worker = next;
    });
  });
  expect({ kills, status: last.status }).toEqual({ kills: 2, status: 'SUCCEEDED' });
  expect(last.attempt).toBe(3);
  const grown = states.map((done) => done ?? 0);
  expect(grown).toEqual([...grown].sort((a, b) => a - b));

  const undisturbed = await start(calm.feedId);
  await watchJob(api, undisturbed.jobRun.id, () => undefined);
  const [one, other] = await Promise.all(
    [harried, calm].map(async ({ clientId: id }) => {
      const { node } = await api.request(PerformanceDocument, { id, range });
      const client = node as Extract<typeof node, { __typename: 'Client' }>;
      const campaigns = client.campaigns.edges.map(({ node: campaign }) => ({
        name: campaign.name,
        metrics: campaign.metrics,
      }));
      return { total: client.metrics, campaigns };
    }),
  );
  expect(one).toEqual(other);
  const slices = async (id: string) => {
    const { ingestionRun } = await api.request(IngestionRunDocument, { id });
    return ingestionRun?.slices.map(({ date, status, rowsRead, rowsRejected }) => ({
      ...{ date, status, rowsRead, rowsRejected },
    }));
  };
  expect(await slices(run.id)).toEqual(await slices(undisturbed.id));
});
