import {
  AcknowledgeAlertDocument,
  AlertsDocument,
  CancelJobDocument,
  CreateWebhookDocument,
  IngestionRunDocument,
  JobsDocument,
  PauseQueueDocument,
  QueuesDocument,
  ResumeQueueDocument,
  RetryJobDocument,
  SetJobPriorityDocument,
  StartIngestionDocument,
  WorkersDocument,
} from '../../client/operations.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { watchJob } from '../../demo/progress.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { queueBackends } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { readVerified, startReceiver } from '../support/webhook-receiver.ts';

const day = { from: '2026-03-01', to: '2026-03-01' };
const goodFile = [
  'Date,Campaign,Strategy,Placement,Creative,Impressions,Clicks,Conversions,Conversion Revenue',
  '2026-03-01,Brand,Reach,Home,Banner,1000,10,1,25.5',
].join('\n');

describe.each(queueBackends)('what an admin does about jobs, with the queue on %s', (queueOn) => {
  let installation: Installation;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    receiver = await startReceiver();
    installation = await startInstallation(queueOn, { WEBHOOK_STAND_IN: receiver.url });
    await installation.startWorker();
  });
  afterAll(async () => {
    await installation.close();
    receiver.close();
  });

  const setUp = async (name: string, body: string) => {
    const { api, agency } = installation;
    const key = `${name}/2026-03-01.csv`;
    await agency.bucket.put(key, body);
    const settings = { timeZone: 'UTC', bucket: agency.bucket.name, cpm: '10', range: day };
    const { feedId } = await setUpClient(api, {
      name,
      keyPattern: `${name}/{date}.csv`,
      ...settings,
    });
    return { feedId, key };
  };
  const start = async (feedId: string) => {
    const { startIngestion } = await installation.api.request(StartIngestionDocument, {
      input: { feedId, range: day },
    });
    return startIngestion.run;
  };
  const watch = (id: string) => watchJob(installation.api, id, () => undefined);

  test('a dead letter is found by its state, and retried once its file is mended', async () => {
    const { api, agency } = installation;
    const { feedId, key } = await setUp('mended', 'no,file,of,ours');
    const run = await start(feedId);
    expect((await watch(run.jobRun.id)).status).toBe('FAILED');
    const letters = await api.request(JobsDocument, { filter: { statuses: ['FAILED'] } });
    expect(letters.jobs.edges.map(({ node }) => node)).toEqual([
      expect.objectContaining({
        id: run.jobRun.id,
        name: 'ingest-feed',
        queue: 'ingestion',
        errorCode: 'BAD_USER_INPUT',
        errorMessage: expect.stringContaining('The file lacks'),
        client: { name: 'mended' },
      }),
    ]);

    await agency.bucket.put(key, goodFile);
    const { retryJob } = await api.request(RetryJobDocument, { id: run.jobRun.id });
    expect(retryJob.jobRun.status).not.toBe('FAILED');
    expect((await watch(run.jobRun.id)).status).toBe('SUCCEEDED');
    const { ingestionRun } = await api.request(IngestionRunDocument, { id: run.id });
    expect(ingestionRun).toMatchObject({ status: 'SUCCEEDED', slices: [{ status: 'APPLIED' }] });
    await expect(api.request(RetryJobDocument, { id: run.jobRun.id })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('a paused queue keeps jobs waiting, where they can be moved and cancelled, until it is resumed', async () => {
    const { api } = installation;
    const queue = 'ingestion';
    const { pauseQueue } = await api.request(PauseQueueDocument, {
      input: { queue, reason: 'the month is being closed' },
    });
    expect(pauseQueue.queue.pausedAt).not.toBeNull();
    const [kept, dropped] = [await setUp('kept', goodFile), await setUp('dropped', goodFile)];
    const [keptRun, droppedRun] = [await start(kept.feedId), await start(dropped.feedId)];
    const { queues } = await api.request(QueuesDocument, {});
    expect(queues).toMatchObject([
      { name: queue, waiting: 2, pauseReason: 'the month is being closed' },
      { name: 'summaries', pauseReason: null },
      { name: 'mail', waiting: 0, pauseReason: null },
      { name: 'alerts', waiting: 0, pauseReason: null },
      { name: 'maintenance', waiting: 0, pauseReason: null },
      { name: 'exports', waiting: 0, pauseReason: null },
      { name: 'audits', waiting: 0, pauseReason: null },
    ]);
    const { setJobPriority } = await api.request(SetJobPriorityDocument, {
      id: keptRun.jobRun.id,
      priority: 9,
    });
    expect(setJobPriority.jobRun.priority).toBe(9);
    const { cancelJob } = await api.request(CancelJobDocument, { id: droppedRun.jobRun.id });
    expect(cancelJob.jobRun.status).toBe('CANCELLED');
    const { resumeQueue } = await api.request(ResumeQueueDocument, { queue });
    expect(resumeQueue.queue.pausedAt).toBeNull();
    expect((await watch(keptRun.jobRun.id)).status).toBe('SUCCEEDED');

    // What was cancelled can be retried too.
    await api.request(RetryJobDocument, { id: droppedRun.jobRun.id });
    expect((await watch(droppedRun.jobRun.id)).status).toBe('SUCCEEDED');
  });

  test('the workers are listed, and pages of jobs are the whole list', async () => {
    const { api } = installation;
    const { workers } = await api.request(WorkersDocument, {});
    expect(workers).toEqual([
      expect.objectContaining({
        status: 'ALIVE',
        queues: ['ingestion', 'summaries', 'mail', 'alerts', 'maintenance', 'exports', 'audits'],
        version: '0.1.0',
      }),
    ]);
    // Those that mail what has failed come after.
    const filter = { queue: 'ingestion' };
    const ids: string[] = [];
    for (let after: string | null | undefined = null; ids.length < 10; ) {
      const { jobs }: { jobs: Jobs } = await api.request(JobsDocument, { filter, first: 1, after });
      ids.push(...jobs.edges.map(({ node }) => node.id));
      if (!jobs.pageInfo.hasNextPage) break;
      after = jobs.pageInfo.endCursor;
    }
    const { jobs } = await api.request(JobsDocument, { filter });
    expect(ids).toEqual(jobs.edges.map(({ node }) => node.id));
    expect(ids).toHaveLength(3);
  });

  test('what cannot be done is said', async () => {
    const { api } = installation;
    const refused = (request: Promise<unknown>, code: string, words: RegExp) =>
      expect(request).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    const input = { queue: 'naps', reason: 'tired' };
    await refused(
      api.request(PauseQueueDocument, { input }),
      'BAD_USER_INPUT',
      /no such queue; there are: ingestion/,
    );
    await refused(
      api.request(PauseQueueDocument, { input: { queue: 'ingestion', reason: ' ' } }),
      'BAD_USER_INPUT',
      /1 to 500 characters/,
    );
    const { jobs } = await api.request(JobsDocument, { filter: { queue: 'ingestion' } });
    const id = jobs.edges[0]?.node.id ?? '';
    await refused(
      api.request(SetJobPriorityDocument, { id, priority: 11 }),
      'BAD_USER_INPUT',
      /0 to 10/,
    );
    await refused(api.request(SetJobPriorityDocument, { id, priority: 1 }), 'CONFLICT', /waits/);
    await refused(api.request(RetryJobDocument, { id: 'x' }), 'BAD_USER_INPUT', /not an id|id/);
  });

  test('who watches alerts sees them begin, be acknowledged and end, and a receiver is told', async () => {
    const { api, agency } = installation;
    const watched = api.subscribe(AlertsDocument, {})[Symbol.asyncIterator]();
    const next = async () => (await watched.next()).value?.alerts;
    // Of the dead letter that was mended, nothing is open.
    expect(await next()).toEqual([]);
    const { createWebhook } = await api.request(CreateWebhookDocument, {
      input: { name: 'Receiver', url: receiver.url, events: ['ALERT_BEGAN', 'ALERT_ENDED'] },
    });
    const { feedId, key } = await setUp('alerting', goodFile.replace(',10,', ',5000,'));
    await watch((await start(feedId)).jobRun.id);
    const [alert] = await next();
    expect(alert).toMatchObject({ client: { name: 'alerting' }, resolvedAt: null });
    await api.request(AcknowledgeAlertDocument, { id: alert?.id ?? '', note: 'Seen' });
    expect(await next()).toMatchObject([{ id: alert?.id, note: 'Seen' }]);
    await agency.bucket.put(key, goodFile);
    await watch((await start(feedId)).jobRun.id);
    expect(await next()).toMatchObject([{ id: alert?.id, resolvedAt: expect.any(String) }]);
    await watched.return?.();

    const told = await until('the receiver was told', async () => {
      const types = receiver.received.map(
        (each) => readVerified(createWebhook.secret ?? '', each).type,
      );
      return types.length === 2 && types.sort();
    });
    expect(told).toEqual(['alert.began', 'alert.ended']);
  });
});

interface Jobs {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}
