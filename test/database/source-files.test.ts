import { Readable } from 'node:stream';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { IngestionRun } from '../../src/domain/ingestion/ingestion-run.entity.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { removeOrphans } from '../../src/jobs/run-upkeep/remove-source-files.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
let store: ReturnType<typeof createObjectStore>;
let feed: Feed;

/** Removes what no row tells of, however young. */
const dropOrphans = {
  ...runUpkeep,
  name: 'drop-orphans-at-once',
  process: (_, context) => removeOrphans(context, -60_000),
} as typeof runUpkeep;

beforeAll(async () => {
  agency = await createAgency();
  const jobs = [ingestFeed, runUpkeep, dropOrphans] as unknown as JobDefinition[];
  [graph, loader] = await Promise.all([createGraph(agency), createLoader(agency, jobs)]);
  store = createObjectStore(agency.s3);
  feed = await addFeed(agency, await addClient(agency, 'Acme'));
});
afterAll(async () => {
  store.close();
  await Promise.all([loader.close(), graph.close()]);
  await agency.close();
});

const asRoot = <Row extends object>(sql: string, values: unknown[] = []) =>
  runAs<Row>(agency.urls.superuserUrl, sql, values);
const told = async (text: string, variables: object = {}): Promise<Answer> => {
  const { data, error } = await ask(graph, agency.actor, text, variables);
  if (error) throw error;
  return data;
};

type Row = Parameters<typeof surfsideRow>[0];
async function load(date: string, rows: Row[]) {
  await agency.bucket.put(`report-${date}.csv`, surfsideFile(date, rows.map(surfsideRow)));
  const { run, slices } = await loader.load(feed, date);
  return { id: toGlobalId('IngestionRun', run.id), run, objectId: slices[0]?.objectIds[0] ?? '' };
}
/** Have a run made of another one, and loaded. */
async function make(mutation: string, variables: object): Promise<IngestionRun> {
  const { made } = await told(mutation, variables);
  const id = fromGlobalId('IngestionRun', made.run.id);
  const run = await agency.database.withTenant(agency.tenant, (em) =>
    em.findOneOrFail(IngestionRun, id),
  );
  await loader.finish(run);
  return run;
}
const byId = (name: string) => `mutation ($id: ID!) { made: ${name}(id: $id) { run { id } } }`;
const resubmit =
  'mutation ($input: ResubmitRejectsInput!) { made: resubmitRejects(input: $input) { run { id } } }';
const corrected = (runId: string, line: number, date: string) => ({
  input: {
    runId,
    csv: `file,line,date,campaign,strategy,placement,creative,impressions,clicks\nreport-${date}.csv,${line},${date},Brand,Geo,Display,C,100,1\n`,
  },
});

const done = async (job: JobDefinition) => {
  const ended = await loader.rig.ended(await loader.rig.add(job, {}));
  expect([ended.errorMessage, ended.status]).toEqual([null, 'SUCCEEDED']);
};
const hashOf = async (objectId: string) =>
  (
    await asRoot<{ sha256: string }>('select sha256 from source_objects where id = $1', [objectId])
  )[0]?.sha256 ?? '';
const policy = `{ retentionPolicy { fileDays plan { sourceFiles { files sizeBytes } logs { table rows } } } }`;

test('files that nothing has used for long are removed, but not what others have or is used still, and each door says so', async () => {
  const good = { creative: 'A' };
  const bad = { creative: 'B', clicks: 2000 };
  const first = await load('2026-01-05', [good]);
  const second = await load('2026-01-05', [good, { creative: 'D' }]);
  const mended = await load('2026-01-06', [good, bad]);
  const correction = await make(resubmit, corrected(mended.id, 3, '2026-01-06'));
  const rejected = await load('2026-01-07', [
    good,
    bad,
    { ...bad, creative: 'C' },
    { creative: 'D' },
  ]);
  await load('2026-01-08', [good, { creative: 'D' }, { creative: 'E' }]);
  await load('2026-01-09', [good, { creative: 'D' }, { creative: 'E' }]);
  const approved = await make(byId('approveHeldRun'), {
    id: (await load('2026-01-09', [good])).id,
  });
  const used = await load('2026-01-10', [good]);

  // All of it is long ago, but for one day; another organization has one of the files.
  await asRoot(`update source_objects set fetched_at = now() - interval '91 days'`);
  await asRoot(
    `update run_slices set finished_at = now() - interval '91 days' where run_id <> $1`,
    [used.run.id],
  );
  const tenant = await addOrganization(agency, {
    ...{ email: 'o@other.example', password: 'a quite long password' },
  });
  const bucket = { ...agency.bucket, name: `${agency.bucket.name}-theirs` };
  const theirs = { ...agency, tenant, bucket, actor: await findActor(agency.database, tenant) };
  const their = await addFeed(theirs, await addClient(theirs, 'Theirs'));
  const shared = await hashOf(first.objectId);
  await asRoot(
    `insert into source_objects (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified, sha256)
     values ($1, $2, $3, 'k', 'e', 1, now(), $4)`,
    [tenant.organizationId, their.clientId, their.id, shared],
  );
  // A run that failed before it was loaded from the files that somebody chose.
  await asRoot(`update job_runs set status = 'FAILED' where id = $1`, [approved.jobRunId]);
  await asRoot(`update run_slices set status = 'FAILED' where run_id = $1`, [approved.id]);

  const count = async (where: string) =>
    (
      await asRoot(
        `select distinct sha256 from source_objects where organization_id = $1 and ${where}`,
        [agency.tenant.organizationId],
      )
    ).length;
  const expected = (await count('true')) - 2;
  const { retentionPolicy } = await told(policy);
  expect(retentionPolicy).toMatchObject({
    fileDays: 90,
    plan: { sourceFiles: { files: expected, sizeBytes: expect.any(Number) } },
  });
  expect(await count('expired_at is not null')).toBe(0);
  await done(runUpkeep as JobDefinition);
  expect((await told(policy)).retentionPolicy.plan.sourceFiles).toEqual({ files: 0, sizeBytes: 0 });
  expect(await count('expired_at is null')).toBe(2);

  // The corrections of a day are part of it; what others have stays theirs.
  const [slice] = await asRoot<{ object_ids: string[] }>(
    'select object_ids from run_slices where run_id = $1',
    [correction.id],
  );
  const kept = [slice?.object_ids[1] ?? '', used.objectId, first.objectId];
  for (const id of kept) expect(await store.hasArchived(await hashOf(id))).toBe(true);
  expect(await store.hasArchived(await hashOf(second.objectId))).toBe(false);
  const object = `query ($id: ID!) { node(id: $id) { ... on SourceObject { expiredAt } } }`;
  const expiredAt = async (id: string) =>
    (await told(object, { id: toGlobalId('SourceObject', id) })).node.expiredAt;
  expect(await expiredAt(used.objectId)).toBeNull();
  expect(await expiredAt(first.objectId)).toEqual(expect.any(String));

  const refusal = async (mutation: string, variables: object) => {
    const { error } = await ask(graph, agency.actor, mutation, variables);
    return [(error as DomainError | undefined)?.code, error?.message];
  };
  const gone = (date: string) => [
    'CONFLICT',
    `A file of ${date} is not kept any more: load the day from its source, or upload it.`,
  ];
  expect(await refusal(byId('revertRun'), { id: second.id })).toEqual(gone('2026-01-05'));
  const held = await load('2026-01-08', [good]);
  await asRoot('update source_objects set expired_at = now() where id = $1', [held.objectId]);
  expect(await refusal(byId('approveHeldRun'), { id: held.id })).toEqual(gone('2026-01-08'));
  expect(await refusal(resubmit, corrected(rejected.id, 3, '2026-01-07'))).toEqual([
    'CONFLICT',
    'The rejected rows of the run are not kept any more.',
  ]);
  const failed = { id: toGlobalId('IngestionRun', approved.id) };
  expect(await refusal(byId('retryRun'), failed)).toEqual(gone('2026-01-09'));
  const retryJob = 'mutation ($id: ID!) { retryJob(id: $id) { jobRun { id } } }';
  const job = { id: toGlobalId('JobRun', approved.jobRunId ?? '') };
  expect(await refusal(retryJob, job)).toEqual(gone('2026-01-09'));

  // What its source still has is fetched again, and kept again.
  const again = await loader.load(feed, '2026-01-05');
  expect(again.slices).toMatchObject([{ status: 'UNCHANGED', objectIds: [second.objectId] }]);
  expect(await expiredAt(second.objectId)).toBeNull();
  expect(await store.hasArchived(await hashOf(second.objectId))).toBe(true);
});

test('an archived file that no row tells of is removed once it is as old as files are kept, and looked for once a night', async () => {
  const lost = () => store.archive(Readable.from([`lost ${Math.random()}`]));
  const young = await lost();
  await done(runUpkeep as JobDefinition);
  await done(dropOrphans as JobDefinition);
  expect(await store.hasArchived(young.sha256)).toBe(true);
  await asRoot('delete from operations.chores');
  const objects = await asRoot<{ sha256: string }>(
    'select distinct sha256 from source_objects where expired_at is null',
  );
  await done(dropOrphans as JobDefinition);
  expect(await store.hasArchived(young.sha256)).toBe(false);
  for (const { sha256 } of objects) expect(await store.hasArchived(sha256)).toBe(true);
});
