import { addDays, today } from '../../src/domain/calendar.ts';
import { changeClientStatus } from '../../src/domain/client/update-client.ts';
import { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../../src/domain/ingestion/run-slice.entity.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { startScheduledIngestion } from '../../src/jobs/start-scheduled-ingestion.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

let agency: Agency;
let loader: Awaited<ReturnType<typeof createLoader>>;

beforeAll(async () => {
  agency = await createAgency();
  loader = await createLoader(agency, [
    ingestFeed,
    startScheduledIngestion,
  ] as unknown as JobDefinition[]);
});
afterAll(async () => {
  await loader.close();
  await agency.close();
});

const runsOf = (feedId: string) =>
  agency.database.withTenant(agency.tenant, (em) => em.find(IngestionRun, { feedId }));

test('a schedule that is due loads the look-back up to yesterday in the zone of the feed', async () => {
  const client = await addClient(agency, 'Punctual');
  const feed = await addFeed(agency, client, {
    lookbackDays: 2,
    keyPattern: 'punctual/{date}.csv',
    timeZone: 'Pacific/Auckland',
  });
  const yesterday = addDays(today('Pacific/Auckland'), -1);
  await agency.bucket.put(`punctual/${yesterday}.csv`, surfsideFile(yesterday, [surfsideRow()]));
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update schedules set next_run_at = now() where client_id = ?`, [client.id]),
  );

  // The sweeper makes the job, the job makes the run, and the run's job loads it.
  const [job] = await untilThere(() =>
    agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ id: string }[]>(
        `select id from job_runs where client_id = ? and name = 'start-scheduled-ingestion'`,
        [client.id],
      ),
    ),
  );
  expect((await loader.rig.ended(job?.id ?? '')).status).toBe('SUCCEEDED');
  const [run] = await runsOf(feed.id);
  expect(run).toMatchObject({
    trigger: 'SCHEDULE',
    fromDate: addDays(yesterday, -1),
    toDate: yesterday,
  });
  await loader.rig.ended(run?.jobRunId ?? '');
  const slices = await agency.database.withTenant(agency.tenant, (em) =>
    em.find(RunSlice, { runId: run?.id ?? '' }, { orderBy: { date: 'asc' } }),
  );
  expect(slices.map(({ status }) => status)).toEqual(['MISSING', 'APPLIED']);
});

test('for a client that is not active nothing is started', async () => {
  const client = await addClient(agency, 'Resting');
  const feed = await addFeed(agency, client);
  await agency.database.withTenant(agency.tenant, (em) =>
    changeClientStatus(em, agency.actor, client.id, 'ARCHIVED'),
  );
  const id = await loader.rig.add(startScheduledIngestion, { feedId: feed.id });
  await loader.rig.send(id);
  expect((await loader.rig.ended(id)).status).toBe('SUCCEEDED');
  expect(await runsOf(feed.id)).toEqual([]);
});

/** Ask until there is an answer: what makes it is another loop, with an interval of its own. */
async function untilThere<T>(ask: () => Promise<T[]>): Promise<T[]> {
  for (;;) {
    const rows = await ask();
    if (rows.length > 0) return rows;
  }
}
